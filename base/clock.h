// Time is injected. Instants order and measure (they include suspend); wall time is only shown and recorded,
// nothing is decided by it.
#pragma once

#include <chrono>

namespace base {

struct BootTime {  // CLOCK_BOOTTIME
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<BootTime>;
  static constexpr bool is_steady = true;
};
using Instant = BootTime::time_point;
using WallTime = std::chrono::system_clock::time_point;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
  virtual WallTime wall() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
  WallTime wall() const override;
};

}  // namespace base
