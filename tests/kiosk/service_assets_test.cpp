// Every service in assets/services/, as it is shipped.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/files.h"
#include "kiosk/question_reader.h"
#include "kiosk/service_definition.h"
#include "test_places.h"
#include "tests/kiosk/scratch_folder.h"

namespace {

using kiosk::load_services;
using nlohmann::json;

const std::filesystem::path kServices = std::filesystem::path(LINLI_SOURCE_DIR) / "assets/services";

TEST(TheShippedServices, all_load) {
  const auto list = load_services(kServices);
  for (const auto& error : list.broken) ADD_FAILURE() << error.detail;
  EXPECT_EQ(list.services.size(), 8U);
}

TEST(TheShippedServices, show_every_kind_of_question) {
  std::set<kiosk::InputKind> shown;
  for (const auto& service : load_services(kServices).services)
    for (const auto& question : service.questions) shown.insert(question.kind);
  for (const auto& each : kiosk::kind_names()) EXPECT_TRUE(shown.contains(each.kind)) << each.name;
}

// A48: nothing is asked that the card or an earlier answer gave. The reader refuses such a file; this says it in plain words.
TEST(TheShippedServices, ask_for_nothing_twice) {
  for (const auto& service : load_services(kServices).services) {
    std::set<std::string> asked;
    for (const auto& question : service.questions) {
      const bool again = question.same_as.empty() && !asked.insert(question.purpose).second;
      EXPECT_FALSE(again) << service.id << " " << question.id;
      const bool on_card = std::count(service.applicant.begin(), service.applicant.end(), question.purpose) > 0;
      EXPECT_TRUE(!on_card || !question.from.empty() || !question.prefill.empty()) << service.id << " " << question.id;
    }
  }
}

std::string file_text(const char* name) { return *base::read_file(kServices / name); }

// Every {"zh": …, "en": …} of a file, with its place.
void collect_texts(const json& value, const json::json_pointer& at, std::map<std::string, json>& texts) {
  if (value.is_object() && value.contains("zh")) texts.emplace(at.to_string(), value);
  if (value.is_structured())
    for (const auto& [key, item] : value.items()) collect_texts(item, at / key, texts);
}

// Chinese characters between two punctuation marks, at most.
int longest_breath(std::string_view text) {
  int longest = 0, run = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const auto character = text.substr(i, length);
    const bool hanzi = length >= 3 && character >= "\u3400" && character <= "\u9FFF";
    const bool pause = length == 3 ? (character >= "\u3000" && character <= "\u303F") || character >= "\uFF01"
                                   : character.find_first_of(".,;:!? ") != character.npos;
    run = pause ? 0 : run + (hanzi ? 1 : 0);
    longest = std::max(longest, run);
    i += length;
  }
  return longest;
}

TEST(TheBreathOfAText, is_counted_between_punctuation) {
  EXPECT_EQ(longest_breath("一二三，四五"), 3);
  EXPECT_EQ(longest_breath("按 3 号楼。"), 2);
  EXPECT_EQ(longest_breath("“找人帮”好"), 4);
}

TEST(TheShippedServices, speak_both_languages_in_short_sentences) {
  for (const char* name : {"senior-allowance.json", "repair-report.json", "address-change.json", "hall-report.json",
                           "hardship-aid.json", "meal-booking.json"}) {
    std::map<std::string, json> texts;
    collect_texts(json::parse(file_text(name)), json::json_pointer(), texts);
    EXPECT_GT(texts.size(), 20U);
    for (const auto& [at, text] : texts) {
      EXPECT_FALSE(text.value("en", "").empty()) << name << at;
      EXPECT_LE(longest_breath(text.value("zh", "")), 25) << name << at;
    }
  }
}

TEST(TheShippedServices, never_ask_for_a_password_or_a_code) {
  for (const auto& service : load_services(kServices).services)
    for (const auto& question : service.questions)
      for (const char* word : {"密码", "验证码", "口令"})
        EXPECT_EQ(question.title.in("zh").find(word), std::string_view::npos) << service.id << " " << question.id;
}

class TheSeniorAllowance : public testing::Test {
 protected:
  bool asked(const char* question, const json& answers) const {
    const auto* found = service_.question(question);
    return !found->when || found->when->accepts(answers);
  }
  bool fits(const char* question, const json& answer) const { return service_.question(question)->schema.accepts(answer); }

  kiosk::ServiceDefinition service_ = *kiosk::load_service(kServices / "senior-allowance.json");
};

TEST_F(TheSeniorAllowance, asks_for_the_account_only_when_a_bank_is_to_pay) {
  EXPECT_TRUE(asked("account_last", {{"payout", "bank"}}));
  EXPECT_FALSE(asked("account_last", {{"payout", "social_card"}}));
  EXPECT_FALSE(asked("account_last", json::object()));
}
TEST_F(TheSeniorAllowance, takes_the_address_from_the_card_or_sends_the_staff) {
  const auto* address = service_.question("address");
  EXPECT_EQ(address->prefill, "card.address");
  EXPECT_TRUE(fits("address", "虚构省样例市和平里3号楼2单元501"));
  EXPECT_TRUE(fits("address", address->options[0].value));
}
TEST_F(TheSeniorAllowance, goes_on_only_when_all_is_true) {
  EXPECT_TRUE(fits("truth", true));
  EXPECT_FALSE(fits("truth", false));
  EXPECT_FALSE(service_.question("truth")->options[1].stop.empty());
  EXPECT_TRUE(fits("crosscheck", false)) << "one may refuse the check of records and bring papers";
}
TEST_F(TheSeniorAllowance, takes_a_telephone_number_or_none) {
  EXPECT_TRUE(service_.question("phone")->optional);
  EXPECT_TRUE(fits("phone", "13800138000"));
  EXPECT_TRUE(fits("phone", "01012345678"));
  EXPECT_FALSE(fits("phone", "10800138000"));
}

class TheRepairReport : public TheSeniorAllowance {
 protected:
  void SetUp() override { service_ = *kiosk::load_service(kServices / "repair-report.json"); }
};

TEST_F(TheRepairReport, needs_no_card) {
  EXPECT_FALSE(service_.needs_card);
  EXPECT_TRUE(service_.applicant.empty());
}
TEST_F(TheRepairReport, asks_for_the_room_only_at_home_and_the_place_only_outside) {
  EXPECT_TRUE(asked("room", {{"where", "home"}}));
  EXPECT_FALSE(asked("room", {{"where", "public"}}));
  EXPECT_TRUE(asked("place", {{"where", "public"}}));
  EXPECT_FALSE(asked("place", {{"where", "home"}}));
}
TEST_F(TheRepairReport, asks_for_the_building_where_there_is_one) {
  EXPECT_TRUE(asked("building", {{"where", "home"}}));
  EXPECT_TRUE(asked("building", {{"where", "public"}, {"place", "stairs"}}));
  EXPECT_FALSE(asked("building", {{"where", "public"}, {"place", "yard"}}));
  EXPECT_TRUE(asked("unit", {{"where", "home"}, {"building", "3"}}));
  EXPECT_FALSE(asked("unit", {{"where", "public"}, {"place", "yard"}}));
}
TEST_F(TheRepairReport, agrees_on_a_time_when_it_can_wait) {
  EXPECT_TRUE(asked("visit_time", {{"where", "home"}, {"urgent", "soon"}}));
  EXPECT_FALSE(asked("visit_time", {{"where", "home"}, {"urgent", "now"}}));
  EXPECT_FALSE(asked("visit_time", {{"where", "public"}, {"urgent", "soon"}}));
}

// docs/adding-a-service.md promises that its example works as it stands.
TEST(TheExampleOfTheManual, loads_and_joins_the_others) {
  const auto manual = *base::read_file(std::filesystem::path(LINLI_SOURCE_DIR) / "docs/adding-a-service.md");
  constexpr std::string_view kStart = "`assets/services/meal-order.json`:\n\n```json\n";
  const auto start = manual.find(kStart);
  ASSERT_NE(start, std::string::npos);
  const auto example = manual.substr(start + kStart.size(), manual.find("```\n", start + kStart.size()) - start - kStart.size());

  const test_support::ScratchFolder folder;
  std::filesystem::copy(kServices, folder.path());
  folder.write("meal-order.json", example);
  const auto list = load_services(folder.path());
  for (const auto& error : list.broken) ADD_FAILURE() << error.detail;
  ASSERT_EQ(list.services.size(), 9U);
  EXPECT_TRUE(std::any_of(list.services.begin(), list.services.end(), [](const auto& each) { return each.id == "meal-order"; }));
}

TEST(TheManual, explains_every_kind) {
  const auto manual = *base::read_file(std::filesystem::path(LINLI_SOURCE_DIR) / "docs/adding-a-service.md");
  for (const auto& each : kiosk::kind_names())
    EXPECT_NE(manual.find("**`" + std::string(each.name) + "`**"), std::string::npos) << each.name;
}

}  // namespace
