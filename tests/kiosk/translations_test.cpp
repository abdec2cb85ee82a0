#include "kiosk/translations.h"

#include <gtest/gtest.h>

#include <chrono>
#include <clocale>
#include <cstdlib>
#include <fstream>
#include <locale>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/log.h"
#include "kiosk/mo_file.h"
#include "test_places.h"
#include "tests/kiosk/scratch_folder.h"

namespace {

using kiosk::Translations;
using test_support::ScratchFolder;

const std::filesystem::path kShipped = std::filesystem::path(LINLI_BINARY_DIR) / "share/linli/translations";

std::string shipped_chinese() { return *base::read_file(kShipped / "zh.mo"); }

TEST(TheTranslations, speak_chinese_and_english_at_once) {
  const Translations translations(kShipped);
  EXPECT_EQ(translations.text("Next", "zh"), "下一步");
  EXPECT_EQ(translations.text("Next", "en"), "Next");
  EXPECT_TRUE(translations.broken().empty());
  EXPECT_EQ(translations.languages(), (std::vector<std::string>{"zh", "en", "zh-Hant"}));
  EXPECT_EQ(translations.text("Hello. What would you like to do?", "zh-Hant"), "您好，要辦什麼事？");
}

TEST(TheTranslations, show_the_english_sentence_when_one_is_missing) {
  const Translations translations(kShipped);
  EXPECT_EQ(translations.text("A sentence nobody has translated.", "zh"), "A sentence nobody has translated.");
  EXPECT_EQ(translations.text("Next", "xx"), "Next");
  EXPECT_EQ(translations.text("", "zh"), "") << "the catalogue's header is no text";
}

TEST(TheTranslations, take_from_the_language_what_a_form_of_it_lacks) {
  const ScratchFolder folder;
  folder.write("zh.mo", shipped_chinese());
  const Translations translations(folder.path());
  EXPECT_EQ(translations.text("Next", "zh-Hant"), "下一步");
  EXPECT_EQ(translations.plural("{n} more digit", "{n} more digits", 3, "zh-Hant"), "还差 3 位");
  EXPECT_EQ(translations.text("A sentence nobody has translated.", "zh-Hant"), "A sentence nobody has translated.");
}

TEST(TheTranslations, count_as_each_language_counts) {
  const Translations translations(kShipped);
  EXPECT_EQ(translations.plural("{n} more digit", "{n} more digits", 1, "en"), "1 more digit");
  EXPECT_EQ(translations.plural("{n} more digit", "{n} more digits", 3, "en"), "3 more digits");
  EXPECT_EQ(translations.plural("{n} more digit", "{n} more digits", 0, "en"), "0 more digits");
  EXPECT_EQ(translations.plural("{n} more digit", "{n} more digits", 1, "zh"), "还差 1 位");
  EXPECT_EQ(translations.plural("{n} more digit", "{n} more digits", 3, "zh"), "还差 3 位");
}

TEST(TheTranslations, know_languages_with_several_plurals) {
  const ScratchFolder folder;
  folder.write(
      "ru.po",
      "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=3; plural=n%10==1 && "
      "n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;\\n\"\n\n"
      "msgid \"{n} day\"\nmsgid_plural \"{n} days\"\nmsgstr[0] \"{n} день\"\nmsgstr[1] \"{n} дня\"\nmsgstr[2] \"{n} дней\"\n");
  const auto command = "msgfmt -o '" + (folder.path() / "ru.mo").string() + "' '" + (folder.path() / "ru.po").string() + "'";
  ASSERT_EQ(std::system(command.c_str()), 0);
  folder.write("zh.mo", shipped_chinese());
  const Translations translations(folder.path());
  EXPECT_EQ(translations.plural("{n} day", "{n} days", 21, "ru"), "21 день");
  EXPECT_EQ(translations.plural("{n} day", "{n} days", 3, "ru"), "3 дня");
  EXPECT_EQ(translations.plural("{n} day", "{n} days", 11, "ru"), "11 дней");
  EXPECT_EQ(translations.text("Next", "zh"), "下一步");
  EXPECT_EQ(translations.languages(), (std::vector<std::string>{"zh", "en", "ru"}));
}

class ABrokenTranslation : public testing::Test {
 protected:
  void expect_left_out(const std::string& bytes, const std::string& reason) {
    folder_.write("zh.mo", bytes);
    const Translations translations(folder_.path());
    ASSERT_EQ(translations.broken().size(), 1U);
    EXPECT_EQ(translations.broken()[0].failure, base::Failure::text_catalogue_broken);
    EXPECT_EQ(translations.broken()[0].detail, "zh.mo: " + reason);
    EXPECT_EQ(translations.languages(), std::vector<std::string>{"en"});
    EXPECT_EQ(translations.text("Next", "zh"), "Next");
  }
  void SetUp() override { base::log::quiet(); }

  ScratchFolder folder_;
};

TEST_F(ABrokenTranslation, that_is_empty_is_left_out) {
  expect_left_out("", "is not a compiled catalogue of this machine's byte order");
}
TEST_F(ABrokenTranslation, that_is_no_catalogue_is_left_out) {
  expect_left_out("<html>" + std::string(100, ' '), "is not a compiled catalogue of this machine's byte order");
}
TEST_F(ABrokenTranslation, that_is_cut_off_is_left_out) {
  expect_left_out(shipped_chinese().substr(0, shipped_chinese().size() - 1), "is cut off");
}
TEST_F(ABrokenTranslation, in_another_encoding_is_left_out) {
  auto bytes = shipped_chinese();
  bytes.replace(bytes.find("charset=UTF-8"), 13, "charset=GB231");
  expect_left_out(bytes, "does not say that it is UTF-8");
}
TEST_F(ABrokenTranslation, with_any_byte_changed_never_crashes) {
  const auto whole = shipped_chinese();
  for (std::size_t at = 0; at < std::min<std::size_t>(whole.size(), 4096); at += at < 64 ? 1 : 37) {
    auto bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x5A);
    folder_.write("zh.mo", bytes);
    const Translations translations(folder_.path());
    EXPECT_FALSE(translations.text("Next", "zh").empty());
    EXPECT_FALSE(translations.plural("{n} more digit", "{n} more digits", 3, "zh").empty());
  }
}
TEST_F(ABrokenTranslation, leaves_the_other_languages_alone) {
  folder_.write("zh.mo", shipped_chinese());
  folder_.write("ug.mo", "torn");
  const Translations translations(folder_.path());
  EXPECT_EQ(translations.broken().size(), 1U);
  EXPECT_EQ(translations.text("Next", "zh"), "下一步");
}
TEST_F(ABrokenTranslation, folder_that_is_missing_leaves_english) {
  const Translations translations(folder_.path() / "nowhere");
  EXPECT_EQ(translations.broken().size(), 1U);
  EXPECT_EQ(translations.languages(), std::vector<std::string>{"en"});
}

// What LC_ALL says is the operator's matter: it may name a locale that is not installed, or one with a decimal comma.
TEST(TheLocaleOfTheMachine, changes_nothing) {
  for (const char* locale : {"zh_CN.UTF-8", "de_DE.UTF-8", "C", "not-a-locale"}) {
    ASSERT_EQ(setenv("LC_ALL", locale, 1), 0);
    std::setlocale(LC_ALL, "");  // as a library might do; fails silently when the locale is missing
    const Translations translations(kShipped);
    EXPECT_EQ(translations.text("Next", "zh"), "下一步") << locale;
    EXPECT_EQ(translations.plural("{n} more digit", "{n} more digits", 1234, "en"), "1234 more digits") << locale;
    EXPECT_EQ(nlohmann::json(1.5).dump(), "1.5") << locale;
    EXPECT_EQ(nlohmann::json::parse("1.5").get<double>(), 1.5) << locale;
  }
  std::setlocale(LC_ALL, "C");
  unsetenv("LC_ALL");
}

TEST(TheTranslations, are_read_in_five_milliseconds) {
  auto best = std::chrono::steady_clock::duration::max();
  for (int run = 0; run < 5; ++run) {
    const auto start = std::chrono::steady_clock::now();
    const Translations translations(kShipped);
    EXPECT_EQ(translations.text("Next", "zh"), "下一步");
    best = std::min(best, std::chrono::steady_clock::now() - start);
  }
  const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(best).count();
  RecordProperty("microseconds", std::to_string(microseconds));
  EXPECT_LE(microseconds, 5000);
}

}  // namespace
