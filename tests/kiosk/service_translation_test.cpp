// A language is one .po file: it also says what the services say.
#include "kiosk/service_translation.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "test_places.h"
#include "tests/kiosk/scratch_folder.h"

namespace {

using kiosk::Translations;
using test_support::ScratchFolder;

const std::filesystem::path kTexts = std::filesystem::path(LINLI_BINARY_DIR) / "share/linli/translations";
const std::filesystem::path kShelf = std::filesystem::path(LINLI_SOURCE_DIR) / "assets/services";

constexpr const char* kHead = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n";

std::string of_context(const std::string& context, const std::string& english, const std::string& words) {
  return "msgctxt \"" + context + "\"\nmsgid \"" + english + "\"\nmsgstr \"" + words + "\"\n\n";
}

class ALanguageOfServices : public testing::Test {
 protected:
  Translations with(const std::string& language, const std::string& entries) const {
    folder_.write(language + ".po", kHead + entries);
    const auto place = (folder_.path() / language).string();
    EXPECT_EQ(std::system(("msgfmt -o '" + place + ".mo' '" + place + ".po'").c_str()), 0);
    return Translations(folder_.path());
  }

  const ScratchFolder folder_;
  kiosk::ServiceDefinition repair_ = *kiosk::load_service(kShelf / "repair-report.json");
};

TEST_F(ALanguageOfServices, is_its_file_of_sentences) {
  const auto breton = with("br", of_context("service", "Lamp", "Gouloù") + of_context("service", "Report a repair", "Ratreañ"));
  kiosk::translate(repair_, breton);
  EXPECT_EQ(repair_.title.in("br"), "Ratreañ");
  EXPECT_EQ(repair_.questions[0].options[3].label.in("br"), "Gouloù");
  EXPECT_EQ(repair_.questions[0].options[3].label.in("zh"), "灯");
  EXPECT_EQ(repair_.questions[0].options[2].label.in("br"), "Lift") << "English where it lacks a text";
}

TEST_F(ALanguageOfServices, says_one_english_word_in_two_ways_where_the_context_names_the_service) {
  const auto breton = with("br", of_context("service", "Yes", "Ya") + of_context("service:repair-report", "Yes", "Mall") +
                                     "msgid \"Yes\"\nmsgstr \"Sur\"\n");
  auto senior = *kiosk::load_service(kShelf / "senior-allowance.json");
  kiosk::translate(repair_, breton);
  kiosk::translate(senior, breton);
  EXPECT_EQ(repair_.question("urgent")->options[0].label.in("br"), "Mall");
  EXPECT_EQ(senior.question("other_allowance")->options[1].label.in("br"), "Ya");
  EXPECT_EQ(breton.text("Yes", "br"), "Sur") << "and the program in a third";
}

TEST_F(ALanguageOfServices, leaves_what_the_service_says_itself) {
  const auto chinese = with("zh", of_context("service", "Report a repair", "别的"));
  kiosk::translate(repair_, chinese);
  EXPECT_EQ(repair_.title.in("zh"), "报事报修");
}

TEST_F(ALanguageOfServices, isolates_the_places_for_values_where_it_runs_from_the_right) {
  const auto uyghur = with("ug", of_context("service", "Hello, {card.name}", "سالام {card.name}"));
  EXPECT_EQ(uyghur.of_service("x", "Hello, {card.name}", "ug"), "سالام \u2068{card.name}\u2069");
  EXPECT_EQ(uyghur.of_service("x", "Hello", "ug"), std::nullopt);
}

void expect_traditional(const kiosk::LocalText& text, std::string_view service) {
  EXPECT_TRUE(text.empty() || text.all().contains("zh-Hant")) << service << ": " << text.in("en");
}

TEST(TraditionalChinese, is_complete_in_every_shipped_service) {
  const Translations translations(kTexts);
  const auto list = kiosk::load_services(kShelf, &translations);
  ASSERT_EQ(list.services.size(), 8U);
  for (const auto& service : list.services) {
    for (const auto* text : {&service.title, &service.summary}) expect_traditional(*text, service.id);
    if (service.ticket) expect_traditional(service.ticket->window, service.id);
    for (const auto& rule : service.eligibility) expect_traditional(rule.say, service.id);
    for (const auto& row : service.receipt) expect_traditional(row.label, service.id);
    for (const auto& question : service.questions) {
      for (const auto* text : {&question.title, &question.lead, &question.label}) expect_traditional(*text, service.id);
      for (const auto& phrase : question.phrases) expect_traditional(phrase, service.id);
      for (const auto& option : question.options)
        for (const auto* text : {&option.label, &option.hint, &option.stop}) expect_traditional(*text, service.id);
    }
  }
}

TEST(TraditionalChinese, tells_yes_from_urgent) {
  const Translations translations(kTexts);
  EXPECT_EQ(translations.of_service("repair-report", "Yes", "zh-Hant"), "很急");
  EXPECT_EQ(translations.of_service("senior-allowance", "Yes", "zh-Hant"), "在領");
  EXPECT_EQ(translations.of_service("a-hall-of-its-own", "Telephone", "zh-Hant"), "電話");
}

}  // namespace
