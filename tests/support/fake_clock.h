#pragma once

#include "base/clock.h"

namespace test_support {

// Moves only when told.
class FakeClock final : public base::Clock {
 public:
  base::Instant now() const override { return now_; }
  base::WallTime wall() const override { return wall_; }
  void advance(std::chrono::nanoseconds by) {
    now_ += by;
    wall_ += std::chrono::duration_cast<base::WallTime::duration>(by);
  }
  void set_wall(base::WallTime wall) { wall_ = wall; }

 private:
  base::Instant now_{std::chrono::hours{1}};
  base::WallTime wall_ =
      std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{1} + std::chrono::minutes{41};
};

}  // namespace test_support
