#pragma once

#include <chrono>
#include <string>

#include "kiosk/local_text.h"
#include "kiosk/moment.h"
#include "kiosk/translations.h"

namespace kiosk {

// 1941年3月8日 in Chinese, 1941-03-08 (ISO 8601) in every other language.
std::string date_text(std::chrono::year_month_day date, const Language& language);
// With the day of the week: 2026年11月24日 星期二, 2026-11-24 Tuesday.
std::string day_words(std::chrono::year_month_day date, const Translations& translations, const Language& language);
std::string time_text(int hour, int minute);  // 09:41

// An earlier or later time as the hall's clock showed it, by the hall's clock of `now`.
struct HallTime {
  std::chrono::year_month_day date;
  int hour = 0;
  int minute = 0;
};
HallTime in_hall(base::WallTime time, const Moment& now);

}  // namespace kiosk
