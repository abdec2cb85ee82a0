#include <gtest/gtest.h>

#include "typeset/text.h"

namespace {

TEST(Dots, are_black_from_the_threshold_up) {
  const typeset::CoverageBitmap coverage{10, 2, {0, 127, 128, 255, 0, 0, 0, 200, 0, 129, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0}};
  const auto dots = typeset::to_dots(coverage);
  ASSERT_EQ(dots.stride(), 2);
  EXPECT_EQ(dots.bytes, (std::vector<std::uint8_t>{0x31, 0x40, 0x80, 0x00}));
  EXPECT_TRUE(dots.black(9, 0));
  EXPECT_FALSE(dots.black(1, 0));
}

TEST(Dots, of_an_empty_picture_are_empty) { EXPECT_TRUE(typeset::to_dots({}).bytes.empty()); }

}  // namespace
