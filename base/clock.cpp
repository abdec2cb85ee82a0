#include "base/clock.h"

#include <ctime>

namespace base {

Instant SystemClock::now() const {
  timespec t{};
  clock_gettime(CLOCK_BOOTTIME, &t);
  return Instant{std::chrono::seconds{t.tv_sec} + std::chrono::nanoseconds{t.tv_nsec}};
}

WallTime SystemClock::wall() const { return std::chrono::system_clock::now(); }

}  // namespace base
