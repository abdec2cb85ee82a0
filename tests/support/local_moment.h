#pragma once

#include "kiosk/moment.h"
#include "tests/support/fake_clock.h"

namespace test_support {

inline constexpr std::chrono::hours kHallAhead{8};  // the hall is at UTC+8

inline kiosk::Moment local_moment(const FakeClock& clock) {
  using namespace std::chrono;
  const auto local = floor<minutes>(clock.wall()) + kHallAhead;
  const auto day = floor<days>(local);
  const hh_mm_ss time(local - day);
  return {clock.now(), clock.wall(), year_month_day(day), static_cast<int>(time.hours().count()),
          static_cast<int>(time.minutes().count())};
}

}  // namespace test_support
