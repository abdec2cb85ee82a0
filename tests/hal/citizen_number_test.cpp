#include "hal/citizen_number.h"

#include <gtest/gtest.h>

namespace {

using hal::Validity;
using namespace std::chrono_literals;

constexpr std::chrono::year_month_day kDayOfChecks{2026y / 11 / 23};

TEST(ACitizenNumber, with_a_fitting_last_character_is_right) {
  for (const auto* number : {"000000190002300016", "00000019000231002X", "00000019000231002x", "00000019000230018X",
                             "810000190002300033", "900000190002300027", "931586198001010028"})
    EXPECT_TRUE(hal::citizen_number_is_right(number)) << number;
}

TEST(ACitizenNumber, with_any_other_is_wrong) {
  for (const auto* number : {"000000190002300017", "000000190002310020", "00000019000230001", "", "0000001900023000166",
                             "00000019000230001x", "0000001900023A0016"})
    EXPECT_FALSE(hal::citizen_number_is_right(number)) << number;
}

class ThePersonsChecks : public testing::Test {
 protected:
  ThePersonsChecks() {
    person.birth = base::Secret("19410308");
    person.sex = hal::Sex::female;
    person.id_number = base::Secret(std::string("00000019410308124") + *hal::citizen_check_digit("00000019410308124"));
    person.valid_from = "20200101";
    person.valid_until = "20301231";
  }
  hal::PersonChecks checks() const { return hal::check_person(person, kDayOfChecks); }
  Validity validity(std::string from, std::string until) {
    person.valid_from = std::move(from);
    person.valid_until = std::move(until);
    return checks().validity;
  }
  hal::Person person;
};

TEST_F(ThePersonsChecks, all_pass_for_a_good_card) {
  EXPECT_TRUE(checks().number_check_digit);
  EXPECT_TRUE(checks().birth_is_a_date);
  EXPECT_TRUE(checks().birth_fits_number);
  EXPECT_TRUE(checks().sex_fits_number);
  EXPECT_EQ(checks().validity, Validity::valid);
}

TEST_F(ThePersonsChecks, find_a_birthday_that_does_not_exist) {
  person.birth = base::Secret("19000230");
  EXPECT_FALSE(checks().birth_is_a_date);
}

TEST_F(ThePersonsChecks, find_a_birthday_that_is_not_the_numbers) {
  person.birth = base::Secret("19410309");
  EXPECT_TRUE(checks().birth_is_a_date);
  EXPECT_FALSE(checks().birth_fits_number);
}

TEST_F(ThePersonsChecks, find_a_sex_that_is_not_the_numbers) {
  person.sex = hal::Sex::male;
  EXPECT_FALSE(checks().sex_fits_number);
  person.sex = hal::Sex::not_stated;
  EXPECT_TRUE(checks().sex_fits_number);
}

TEST_F(ThePersonsChecks, count_both_the_first_and_the_last_day_as_valid) {
  EXPECT_EQ(validity("20261123", "20261123"), Validity::valid);
  EXPECT_EQ(validity("20261124", "20301231"), Validity::not_yet_valid);
  EXPECT_EQ(validity("20161122", "20261122"), Validity::expired);
}

TEST_F(ThePersonsChecks, know_a_card_without_end_from_one_with_a_blank) {
  EXPECT_EQ(validity("20200101", std::string(hal::kWithoutEnd)), Validity::valid);
  EXPECT_EQ(validity("20200101", ""), Validity::unreadable);
}

TEST_F(ThePersonsChecks, read_nothing_into_a_period_that_makes_no_sense) {
  EXPECT_EQ(validity("20300101", "20200101"), Validity::unreadable);
  EXPECT_EQ(validity("2020010a", "20300101"), Validity::unreadable);
  EXPECT_EQ(validity("20201301", "20300101"), Validity::unreadable);
}

TEST_F(ThePersonsChecks, accept_an_end_on_a_29_february_that_does_not_exist) {
  EXPECT_EQ(validity("20200229", "20300229"), Validity::valid);
}

}  // namespace
