// One switch is enough: the focus moves by itself, and the switch chooses. Off unless a period is set; begins with the first
// press of a switch and ends with the visit.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

#include "base/clock.h"

namespace ui {

inline constexpr std::chrono::seconds kFastestScan{1};
inline constexpr std::chrono::seconds kSlowestScan{8};

class AutoScan {
 public:
  // Zero: off. Otherwise brought within kFastestScan and kSlowestScan.
  explicit AutoScan(std::chrono::seconds period)
      : period_(period.count() <= 0 ? period : std::clamp(period, kFastestScan, kSlowestScan)) {}

  void switch_pressed(base::Instant now) {
    if (period_.count() > 0) due_ = now + period_;
  }
  void stop() { due_.reset(); }
  std::optional<base::Instant> deadline() const { return due_; }
  // True when the focus has to move now; while the voice speaks it waits.
  bool step(base::Instant now, bool speaking) {
    if (!due_ || now < *due_) return false;
    due_ = now + period_;
    return !speaking;
  }

 private:
  std::chrono::seconds period_;
  std::optional<base::Instant> due_;
};

}  // namespace ui
