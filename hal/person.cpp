#include "hal/person.h"

#include <algorithm>
#include <string_view>

namespace hal {
namespace {

using namespace std::chrono;

int number_in(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

}  // namespace

std::optional<year_month_day> Person::birth_date() const {
  const std::string_view text = birth.reveal();
  const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (text.size() != 8 || !digits) return std::nullopt;
  const auto month_and_day = static_cast<unsigned>(number_in(text.substr(4)));
  const year_month_day date{year{number_in(text.substr(0, 4))}, month{month_and_day / 100}, day{month_and_day % 100}};
  return date.ok() ? std::optional(date) : std::nullopt;
}

// A birthday on a day this month does not have is counted on its last day (Civil Code, article 202).
int age_in_months(year_month_day birth, year_month_day today) {
  if (!birth.ok() || !today.ok() || birth > today) return 0;
  const auto months =
      static_cast<int>((year_month{today.year(), today.month()} - year_month{birth.year(), birth.month()}).count());
  const day last = year_month_day_last{today.year(), month_day_last{today.month()}}.day();
  return today.day() >= std::min(birth.day(), last) ? months : months - 1;
}

}  // namespace hal
