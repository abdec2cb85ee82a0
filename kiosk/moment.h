#pragma once

#include <chrono>

#include "base/clock.h"

namespace kiosk {

// When an event happened: for deadlines, for records, and as the hall's clock on the wall shows it.
struct Moment {
  base::Instant instant;
  base::WallTime wall;
  std::chrono::year_month_day date;  // in the hall's time zone
  int hour = 0;
  int minute = 0;
};

}  // namespace kiosk
