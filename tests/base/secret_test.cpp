#include "base/secret.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <sstream>
#include <type_traits>

namespace {

using base::Secret;

static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
static_assert(!fmt::is_formattable<Secret>::value);

TEST(ASecret, moves_and_leaves_nothing_behind) {
  Secret a("000000194103081240");
  const Secret b = std::move(a);
  EXPECT_EQ(b.reveal(), "000000194103081240");
  EXPECT_TRUE(a.empty());  // NOLINT(bugprone-use-after-move): that is the point
}

TEST(ASecret, grows_and_shrinks_by_bytes) {
  Secret digits;
  for (const char c : std::string("13800138000")) digits.append(std::string_view(&c, 1));
  digits.pop_back();
  EXPECT_EQ(digits.reveal(), "1380013800");
  EXPECT_TRUE(digits == Secret("1380013800"));
  EXPECT_FALSE(digits == Secret("1380013801"));
}

TEST(ASecret, overwrites_its_bytes_when_erased_one_by_one) {
  Secret digits("42");
  const char* bytes = digits.reveal().data();
  digits.pop_back();
  EXPECT_EQ(bytes[1], 0);
}

}  // namespace
