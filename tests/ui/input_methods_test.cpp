// Words without a keyboard: written with the finger, by their sound, by their strokes. The engines are the real ones.
#include "ui/input/input_methods.h"

#include <gmock/gmock.h>

#include <chrono>
#include <random>

#include "ui/input/stroke_orders.h"

namespace ui {
namespace {

using kiosk::Stroke;
using kiosk::TextWay;

constexpr int kPad = 300;

// A straight stroke with a point every few pixels, as a finger leaves them.
Stroke line(int x0, int y0, int x1, int y1) {
  Stroke stroke;
  constexpr int kPoints = 20;
  for (int i = 0; i <= kPoints; ++i) stroke.push_back({x0 + (x1 - x0) * i / kPoints, y0 + (y1 - y0) * i / kPoints});
  return stroke;
}

// 王: three horizontals and a vertical, which the school writes third.
const Stroke kTop = line(60, 60, 240, 60);
const Stroke kMiddle = line(75, 140, 225, 140);
const Stroke kUpright = line(150, 60, 150, 240);
const Stroke kBottom = line(40, 240, 260, 240);

std::vector<std::string> texts(const std::vector<base::Secret>& secrets) {
  std::vector<std::string> plain;
  for (const auto& each : secrets) plain.emplace_back(each.reveal());
  return plain;
}

class AHand : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(engine_) << "tegaki-zinnia-simplified-chinese is not installed"; }
  std::vector<std::string> read(const std::vector<Stroke>& strokes) const {
    return texts(engine_->recognise(strokes, kPad, kPad));
  }
  std::unique_ptr<Handwriting> engine_ = Handwriting::open(InputData().handwriting);
};

TEST_F(AHand, is_read_in_the_order_of_the_school) {
  const auto candidates = read({kTop, kMiddle, kUpright, kBottom});
  ASSERT_EQ(candidates.size(), kWrittenCandidates);
  EXPECT_EQ(candidates.front(), "王");
}

TEST_F(AHand, is_read_whatever_the_order_of_its_strokes) {
  EXPECT_THAT(read({kUpright, kTop, kMiddle, kBottom}), testing::Contains("王")) << "the vertical first";
  EXPECT_THAT(read({kTop, kMiddle, kBottom, kUpright}), testing::Contains("王")) << "the vertical last";
  EXPECT_THAT(read({kBottom, kMiddle, kTop, kUpright}), testing::Contains("王")) << "from the bottom up";
}

TEST_F(AHand, may_draw_a_stroke_backwards) {
  EXPECT_THAT(read({line(240, 60, 60, 60), kMiddle, line(150, 240, 150, 60), kBottom}), testing::Contains("王"));
}

TEST_F(AHand, may_tremble) {
  std::mt19937 engine(81);
  std::normal_distribution<double> tremor(0.0, 6.0);
  int found = 0;
  for (int i = 0; i < 10; ++i) {
    std::vector<Stroke> strokes{kTop, kMiddle, kUpright, kBottom};
    for (Stroke& stroke : strokes)
      for (auto& point : stroke) point = {point.x + static_cast<int>(tremor(engine)), point.y + static_cast<int>(tremor(engine))};
    const auto candidates = read(strokes);
    found += std::find(candidates.begin(), candidates.end(), "王") != candidates.end() ? 1 : 0;
  }
  EXPECT_GE(found, 9);
}

TEST_F(AHand, gets_nothing_for_nothing) { EXPECT_TRUE(read({}).empty()); }

TEST(StrokeOrders, are_few_and_begin_with_what_was_drawn) {
  const std::vector<Stroke> drawn{kUpright, kTop, kMiddle, kBottom};
  const auto orders = stroke_orders(drawn, kMostPasses);
  EXPECT_LE(orders.size(), kMostPasses);
  EXPECT_EQ(orders.front(), drawn);
  EXPECT_THAT(orders, testing::Contains(std::vector<Stroke>{kTop, kMiddle, kUpright, kBottom}));
  for (std::size_t i = 0; i < orders.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) EXPECT_NE(orders[i], orders[j]) << "no pass is wasted";
  EXPECT_EQ(stroke_orders({kTop}, kMostPasses).size(), 1U);
}

TEST(Spelling, finds_phrases_and_single_characters_without_tones) {
  InputMethods input;
  ASSERT_TRUE(input.offers(TextWay::pinyin));
  input.turn_to(TextWay::pinyin);
  for (const char letter : std::string_view("zhongshanlu")) input.spell(letter);
  ASSERT_FALSE(input.candidates().empty());
  EXPECT_EQ(input.candidates()[0].text.reveal(), "中山路");
  EXPECT_EQ(input.candidates()[1].text.reveal(), "中山");
  EXPECT_EQ(input.take(1).reveal(), "中山");
  EXPECT_EQ(input.spelled(), "lu") << "the rest is still to be chosen";
  EXPECT_FALSE(input.candidates().empty());
  input.unspell();
  input.unspell();
  EXPECT_TRUE(input.candidates().empty());
  input.unspell();
}

TEST(Spelling, learns_nothing_and_is_alone) {
  const auto one = Pinyin::open(InputData().pinyin);
  ASSERT_TRUE(one);
  EXPECT_FALSE(Pinyin::open(InputData().pinyin)) << "the library has one decoder";
  EXPECT_EQ(one->search("heping").at(0).text.reveal(), "和平");
  EXPECT_TRUE(one->search("iii").empty());
}

TEST(Strokes, find_a_character_by_its_first_ones) {
  InputMethods input;
  ASSERT_TRUE(input.offers(TextWay::strokes));
  input.turn_to(TextWay::strokes);
  for (const char key : std::string_view("hhsh")) input.spell(key);
  ASSERT_FALSE(input.candidates().empty());
  EXPECT_EQ(input.candidates()[0].text.reveal(), "壬") << "whole characters before longer ones";
  EXPECT_EQ(input.candidates()[1].text.reveal(), "王");
  EXPECT_LE(input.candidates().size(), kMostCandidates);
  EXPECT_EQ(input.take(1).reveal(), "王");
  EXPECT_TRUE(input.spelled().empty());
}

TEST(Strokes, put_everyday_characters_first) {
  const StrokeTable table("# a comment\n㐀\thsh\n王\thhsh\n卞\thssn\n木\thspn\n三\thhh\nabc\thh\n十\thx\n");
  EXPECT_EQ(table.size(), 5U);
  EXPECT_THAT(texts(table.search("h", 9)), testing::ElementsAre("三", "王", "木", "卞", "㐀"));
  EXPECT_THAT(texts(table.search("hh", 1)), testing::ElementsAre("三"));
  EXPECT_TRUE(table.search("", 9).empty());
}

TEST(InputMethods, without_their_data_are_not_offered) {
  InputMethods input({"/nowhere/model", "/nowhere/dictionary", "/nowhere/table"});
  for (const auto way : {TextWay::scan, TextWay::handwriting, TextWay::pinyin, TextWay::strokes}) {
    EXPECT_FALSE(input.offers(way));
    input.turn_to(way);
    input.spell('h');
    input.written(kPad, kPad);
    EXPECT_TRUE(input.candidates().empty());
  }
}

TEST(InputMethods, begin_anew_with_another_way) {
  InputMethods input;
  input.turn_to(TextWay::strokes);
  input.spell('h');
  input.turn_to(TextWay::pinyin);
  EXPECT_TRUE(input.spelled().empty());
  EXPECT_TRUE(input.candidates().empty());
  input.spell('h');
  input.forget();
  EXPECT_TRUE(input.spelled().empty());
}

}  // namespace
}  // namespace ui
