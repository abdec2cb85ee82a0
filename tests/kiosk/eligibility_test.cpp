#include "kiosk/eligibility.h"
#include "test_places.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace {

using kiosk::Eligibility;
using namespace std::chrono;

constexpr year_month_day kToday = 2026y / November / 23;

hal::Person person(std::string_view birth) {
  hal::Person person;
  person.birth = base::Secret(birth);
  person.checks = {true, true, true, true, hal::Validity::valid};
  return person;
}

std::string outcome_name(Eligibility outcome) {
  switch (outcome) {
    case Eligibility::ok:
      return "ok";
    case Eligibility::maybe:
      return "maybe";
    case Eligibility::not_yet:
      return "not_yet";
    case Eligibility::no:
      return "no";
  }
  return "";
}

class TheSeniorAllowanceRule : public testing::Test {
 protected:
  std::string outcome(const hal::Person& who, year_month_day today = kToday) {
    result_ = kiosk::assess(service_, kiosk::eligibility_facts(&who, today));
    return outcome_name(result_.outcome);
  }
  std::string outcome_at(const char* birth, year_month_day today) { return outcome(person(birth), today); }

  kiosk::ServiceDefinition service_ =
      *kiosk::load_service(std::filesystem::path(LINLI_SOURCE_DIR) / "assets/services/senior-allowance.json");
  kiosk::EligibilityResult result_;
};

TEST_F(TheSeniorAllowanceRule, opens_one_month_before_the_eightieth_birthday) {
  EXPECT_EQ(outcome_at("19410308", kToday), "ok") << "85";
  EXPECT_EQ(outcome_at("19461123", kToday), "ok") << "80 today";
  EXPECT_EQ(outcome_at("19461124", kToday), "ok") << "80 tomorrow";
  EXPECT_EQ(outcome_at("19461223", kToday), "ok") << "79 years 11 months today";
  EXPECT_EQ(outcome_at("19461224", kToday), "not_yet") << "79 years 10 months 30 days";
  EXPECT_EQ(outcome_at("19470101", kToday), "not_yet");
  EXPECT_EQ(outcome_at("19810615", kToday), "not_yet") << "45";
}

TEST_F(TheSeniorAllowanceRule, counts_months_of_every_length) {
  EXPECT_EQ(outcome_at("19480229", 2028y / January / 28), "not_yet") << "born on 29 February";
  EXPECT_EQ(outcome_at("19480229", 2028y / January / 29), "ok");
  EXPECT_EQ(outcome_at("19470331", 2027y / February / 27), "not_yet") << "the 31st falls on 28 February";
  EXPECT_EQ(outcome_at("19470331", 2027y / February / 28), "ok");
  EXPECT_EQ(outcome_at("19480131", 2027y / December / 30), "not_yet");
  EXPECT_EQ(outcome_at("19480131", 2027y / December / 31), "ok") << "one month before a birthday in January";
}

TEST_F(TheSeniorAllowanceRule, says_why_in_both_languages) {
  EXPECT_EQ(outcome_at("19810615", kToday), "not_yet");
  ASSERT_EQ(result_.say.size(), 1U);
  EXPECT_EQ(result_.say[0].in("zh"), "满八十岁前一个月，就可以来申请。到时候请您再来。");
  EXPECT_FALSE(result_.say[0].in("en").empty());
  EXPECT_EQ(outcome_at("19410308", kToday), "ok");
  EXPECT_TRUE(result_.say.empty());
}

TEST_F(TheSeniorAllowanceRule, leaves_an_unreadable_birth_date_to_the_staff) {
  for (const char* birth : {"", "19460231", "1946011", "??460101", "20990101"}) {
    EXPECT_EQ(outcome_at(birth, kToday), "maybe") << birth;
    EXPECT_EQ(result_.say.size(), 1U);
  }
}

TEST_F(TheSeniorAllowanceRule, leaves_an_expired_card_to_the_staff) {
  auto expired = person("19410308");
  expired.checks.validity = hal::Validity::expired;
  EXPECT_EQ(outcome(expired), "maybe");
  EXPECT_EQ(result_.say.size(), 1U);
  auto unreadable = person("19410308");
  unreadable.checks.validity = hal::Validity::unreadable;
  EXPECT_EQ(outcome(unreadable), "maybe");
}

TEST_F(TheSeniorAllowanceRule, leaves_other_documents_to_the_staff) {
  auto permit = person("19410308");
  for (const auto document :
       {hal::DocumentKind::hmt_permit, hal::DocumentKind::social_security_card, hal::DocumentKind::electronic_id}) {
    permit.document = document;
    EXPECT_EQ(outcome(permit), "maybe");
  }
}

TEST_F(TheSeniorAllowanceRule, lets_the_worst_outcome_stand_alone) {
  auto young = person("19810615");
  young.checks.validity = hal::Validity::expired;
  EXPECT_EQ(outcome(young), "not_yet");
  ASSERT_EQ(result_.say.size(), 1U) << "who is too young need not hear about the card";
  auto doubtful = person("");
  doubtful.checks.validity = hal::Validity::expired;
  EXPECT_EQ(outcome(doubtful), "maybe");
  EXPECT_EQ(result_.say.size(), 2U);
}

TEST(TheFactsAboutAPerson, name_nobody) {
  auto who = person("19410308");
  who.name = base::Secret("王秀兰");
  who.id_number = base::Secret("000000194103081240");
  who.address = base::Secret("虚构省样例市和平里3号楼2单元501");
  EXPECT_EQ(kiosk::eligibility_facts(&who, kToday).dump(),
            R"({"age_months":1028,"birth_ok":true,"card_expired":false,"document":"resident_card","number_ok":true})");
}

TEST(TheFactsAboutAPerson, leave_out_what_is_not_known) {
  auto who = person("19460231");
  who.checks.validity = hal::Validity::unreadable;
  who.checks.number_check_digit = false;
  EXPECT_EQ(kiosk::eligibility_facts(&who, kToday).dump(), R"({"birth_ok":false,"document":"resident_card","number_ok":false})");
  EXPECT_EQ(kiosk::eligibility_facts(nullptr, kToday).dump(), "{}");
}

TEST(TheFactsAboutAPerson, are_all_listed) {
  const auto who = person("19410308");
  const auto names = kiosk::eligibility_fact_names();
  const auto facts = kiosk::eligibility_facts(&who, kToday);
  for (const auto& [name, value] : facts.items()) EXPECT_NE(std::find(names.begin(), names.end(), name), names.end()) << name;
}

}  // namespace
