// How words are parted and pronounced.
#include "ui/speech/spoken_text.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "test_places.h"
#include "ui/speech/lexicon.h"
#include "ui/speech/sentence.h"

namespace ui {
namespace {

TEST(SpokenText, says_numbers_that_name_something_digit_by_digit) {
  EXPECT_EQ(spoken_text("A012 号", "zh-Hans"), "A 零 一 二 号");
  EXPECT_EQ(spoken_text("138 0013 8000", "zh-Hans"), "一 三 八，零 零 一 三，八 零 零 零");
  EXPECT_EQ(spoken_text("2026年11月", "zh-Hans"), "二零二六年11月");
  EXPECT_EQ(spoken_text("2026-11-23 9:05", "zh-Hans"), "二零二六年11月23日 9点零5分");
  EXPECT_EQ(spoken_text("1,200 元", "zh-Hans"), "1200 元");
  EXPECT_EQ(spoken_text("10000元", "zh-Hans"), "10000元");
  EXPECT_EQ(spoken_text("请打12345。", "zh-Hans"), "请打一 二 三 四 五。");
  EXPECT_EQ(spoken_text("100 %", "zh-Hans"), "百分之100");
  EXPECT_EQ(spoken_text("110101****1234", "zh-Hans"), "一 一 零 一 零 一 隐去 一 二 三 四");
  EXPECT_EQ(spoken_text("Step 2 of 7", "en"), "Step 2 of 7");
  EXPECT_EQ(spoken_text("Call 12345.", "en"), "Call 1 2 3 4 5.");
  EXPECT_EQ(spoken_text("More 1/3", "en"), "More 1 of 3");
  EXPECT_EQ(spoken_text("\u2066A012\u2069", "en"), "A 0 1 2");
  EXPECT_EQ(spoken_text("𠮷", "zh-Hans"), "一个生僻字");
}

TEST(Sentences, end_where_a_voice_breathes) {
  EXPECT_EQ(sentences_of("请先别拿走，等画面变了再拿。谢谢！", "zh-Hans", Privacy::open).size(), 2U);
  EXPECT_EQ(sentences_of("HP-03. 12.5 yuan", "en", Privacy::open).size(), 2U);
  EXPECT_EQ(sentences_of("هل أنت هنا؟ المس الشاشة. شكرا", "ar", Privacy::open).size(), 3U);
  EXPECT_EQ(sentences_of("अपना कार्ड लें। धन्यवाद।", "hi", Privacy::open).size(), 2U);
  EXPECT_EQ(sentences_of("ལག་ཁྱེར་བཞེས་རོགས། ཐུགས་རྗེ་ཆེ།", "bo", Privacy::open).size(), 2U);
  EXPECT_EQ(sentences_of("ᠺᠠᠷᠲ ᠢᠶᠠᠨ ᠠᠪᠤᠭᠠᠷᠠᠢ᠃ ᠪᠠᠶᠠᠷᠲᠠᠢ᠃", "mn", Privacy::open).size(), 2U);
}

Lexicon chinese() {
  auto file = base::read_file(std::string(LINLI_SOURCE_DIR) + "/assets/speech/chinese.lexicon");
  auto lexicon = Lexicon::read(*file);
  EXPECT_TRUE(lexicon.ok()) << (lexicon ? "" : lexicon.error().detail);
  return std::move(lexicon).value_or({});
}

TEST(TheLexicon, knows_the_polyphones) {
  const Lexicon lexicon = chinese();
  EXPECT_EQ(lexicon.applied_to("去银行取钱"), "去yin2hang2取钱");
  for (const char* word : {"重庆", "长者", "会长", "行长", "还钱", "差额", "角色", "长期"})
    EXPECT_NE(lexicon.applied_to(word), word);
}

TEST(TheLexicon, refuses_what_it_does_not_understand) {
  EXPECT_FALSE(Lexicon::read("银行").ok());
  EXPECT_FALSE(Lexicon::read("a\tb\na\tc\n").ok());
  EXPECT_TRUE(Lexicon::read("# nothing\n\n").ok());
}

}  // namespace
}  // namespace ui
