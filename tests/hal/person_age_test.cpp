#include <gtest/gtest.h>

#include "hal/person.h"

namespace {

using namespace std::chrono_literals;
using std::chrono::year_month_day;

int months(year_month_day birth, year_month_day today) { return hal::age_in_months(birth, today); }

TEST(AnAge, counts_whole_months_and_the_birthday_itself) {
  EXPECT_EQ(months(1946y / 11 / 23, 2026y / 11 / 23), 80 * 12);
  EXPECT_EQ(months(1946y / 11 / 24, 2026y / 11 / 23), 80 * 12 - 1);
  EXPECT_EQ(months(1946y / 12 / 1, 2026y / 11 / 23), 79 * 12 + 11);
  EXPECT_EQ(months(2026y / 11 / 23, 2026y / 11 / 23), 0);
}

TEST(AnAge, counts_a_birthday_the_month_does_not_have_on_its_last_day) {
  EXPECT_EQ(months(1944y / 2 / 29, 2026y / 2 / 28), 82 * 12);
  EXPECT_EQ(months(1944y / 2 / 29, 2026y / 2 / 27), 82 * 12 - 1);
  EXPECT_EQ(months(1944y / 2 / 29, 2028y / 2 / 28), 84 * 12 - 1);
  EXPECT_EQ(months(1950y / 1 / 31, 2026y / 4 / 30), 76 * 12 + 3);
}

TEST(AnAge, is_zero_before_birth_and_for_impossible_days) {
  EXPECT_EQ(months(2026y / 11 / 24, 2026y / 11 / 23), 0);
  EXPECT_EQ(months(1900y / 2 / 30, 2026y / 11 / 23), 0);
}

TEST(ABirthDate, is_a_date_only_when_the_calendar_has_it) {
  hal::Person person;
  for (const auto* text : {"", "1941030", "194103081", "1941O308", "19000230", "19411301", "19410000"}) {
    person.birth = base::Secret(text);
    EXPECT_FALSE(person.birth_date()) << text;
  }
  person.birth = base::Secret("19410308");
  EXPECT_EQ(person.birth_date(), 1941y / 3 / 8);
}

}  // namespace
