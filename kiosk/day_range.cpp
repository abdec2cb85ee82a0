#include "kiosk/day_range.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace kiosk {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr int kFarthestDays = 50'000;

std::optional<int> number(std::string_view digits) {
  int value = 0;
  if (digits.empty() || digits.front() == '-') return {};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return {};
  return value;
}

std::optional<year_month_day> date_of(std::optional<int> year, std::optional<int> month, std::optional<int> day) {
  if (!year || !month || !day) return {};
  const year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                            std::chrono::day{static_cast<unsigned>(*day)}};
  return date.ok() ? std::optional(date) : std::nullopt;
}

std::optional<int> minute_of(std::string_view time) {
  if (time.size() != 5 || time[2] != ':') return {};
  const auto hour = number(time.substr(0, 2));
  const auto minute = number(time.substr(3, 2));
  if (!hour || !minute || *hour > 23 || *minute > 59) return {};
  return *hour * 60 + *minute;
}

}  // namespace

std::optional<DayBound> parse_day_bound(std::string_view text) {
  if (text == "today") return DayBound{};
  if (text.starts_with('+') || text.starts_with('-')) {
    const auto distance = number(text.substr(1));
    if (!distance || *distance > kFarthestDays) return {};
    return DayBound{{}, text.front() == '-' ? -*distance : *distance};
  }
  if (const auto date = parse_day(text)) return DayBound{date, 0};
  return {};
}

sys_days day_of(const DayBound& bound, year_month_day today) {
  return bound.date ? sys_days(*bound.date) : sys_days(today) + days(bound.days_from_today);
}

bool is_closed(const DayRange& range, sys_days day) {
  return std::find(range.closed.begin(), range.closed.end(), std::chrono::weekday(day)) != range.closed.end();
}

bool is_listed(const DayRange& range, year_month_day today) {
  return day_of(range.last, today) - day_of(range.first, today) < days(kMostListedDays);
}

std::vector<year_month_day> listed_days(const DayRange& range, year_month_day today) {
  std::vector<year_month_day> listed;
  for (auto day = day_of(range.first, today); day <= day_of(range.last, today); day += days(1))
    if (!is_closed(range, day)) listed.emplace_back(day);
  return listed;
}

std::optional<year_month_day> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  return date_of(number(text.substr(0, 4)), number(text.substr(5, 2)), number(text.substr(8, 2)));
}

std::string day_text(year_month_day day) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

std::optional<year_month_day> typed_day(std::string_view digits) {
  if (digits.size() != 8) return {};
  return date_of(number(digits.substr(0, 4)), number(digits.substr(4, 2)), number(digits.substr(6, 2)));
}

std::optional<int> slot_begins(std::string_view slot) {
  const auto dash = slot.find('-');
  if (dash == slot.npos) return {};
  const auto begin = minute_of(slot.substr(0, dash));
  const auto end = minute_of(slot.substr(dash + 1));
  return begin && end && *begin < *end ? begin : std::nullopt;
}

}  // namespace kiosk
