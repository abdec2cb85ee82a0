#include "kiosk/date_text.h"

#include <fmt/format.h>

namespace kiosk {

std::string date_text(std::chrono::year_month_day date, const Language& language) {
  const auto year = static_cast<int>(date.year());
  const auto month = static_cast<unsigned>(date.month());
  const auto day = static_cast<unsigned>(date.day());
  if (language.starts_with("zh")) return fmt::format("{}年{}月{}日", year, month, day);
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

std::string time_text(int hour, int minute) { return fmt::format("{:02}:{:02}", hour, minute); }

HallTime in_hall(base::WallTime time, const Moment& now) {
  using namespace std::chrono;
  const auto hall = sys_days(now.date) + hours(now.hour) + minutes(now.minute);
  const auto offset = hall - floor<minutes>(now.wall);  // the hall's time zone
  const auto shown = floor<minutes>(time) + offset;
  const auto day = floor<days>(shown);
  const hh_mm_ss clock(shown - day);
  return {year_month_day(day), static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count())};
}

namespace {

std::string weekday_word(unsigned encoding, const Translations& t, const Language& language) {
  switch (encoding) {
    case 0:
      return t.text("Sunday", language);
    case 1:
      return t.text("Monday", language);
    case 2:
      return t.text("Tuesday", language);
    case 3:
      return t.text("Wednesday", language);
    case 4:
      return t.text("Thursday", language);
    case 5:
      return t.text("Friday", language);
    default:
      return t.text("Saturday", language);
  }
}

}  // namespace

std::string day_words(std::chrono::year_month_day date, const Translations& translations, const Language& language) {
  const std::chrono::weekday weekday{std::chrono::sys_days(date)};
  return date_text(date, language) + " " + weekday_word(weekday.c_encoding(), translations, language);
}

}  // namespace kiosk
