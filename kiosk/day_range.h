// Which days a `date` question takes. Pure; "today" is the hall's date.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/question.h"

namespace kiosk {

// A range of at most this many days is shown as a list of days; a longer one is entered on pads.
inline constexpr int kMostListedDays = 31;

// "today", "+7", "-30" (at most 50 000 days), or "1900-01-01". Nothing for anything else.
std::optional<DayBound> parse_day_bound(std::string_view text);

std::chrono::sys_days day_of(const DayBound& bound, std::chrono::year_month_day today);
bool is_closed(const DayRange& range, std::chrono::sys_days day);
bool is_listed(const DayRange& range, std::chrono::year_month_day today);
// The open days of a listed range, in order.
std::vector<std::chrono::year_month_day> listed_days(const DayRange& range, std::chrono::year_month_day today);

// "2026-11-24"; nothing for a text that is no possible date of that form.
std::optional<std::chrono::year_month_day> parse_day(std::string_view text);
std::string day_text(std::chrono::year_month_day day);
// The same of eight typed digits, 20261124.
std::optional<std::chrono::year_month_day> typed_day(std::string_view digits);

// Minutes after midnight when "11:00-11:30" begins; nothing when it is no slot that ends after it begins.
std::optional<int> slot_begins(std::string_view slot);

}  // namespace kiosk
