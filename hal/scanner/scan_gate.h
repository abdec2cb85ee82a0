// Whether a code may be let out: between the screens, which arm and disarm, and the thread that listens. Any thread.
//
// Moments count the armings; what one read brings belongs to the moment at which that read ended. While the thread waits in
// a read, nothing lies unread in the transport. When it has been away from it for long, something may, and an arming then
// has it dropped.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>

#include "base/clock.h"
#include "hal/code_scanner.h"

namespace hal {

class ScanGate {
 public:
  using Moment = std::uint64_t;

  explicit ScanGate(base::Instant now) : away_since_(now) {}

  // `away`: so long away is long.
  void arm(ScanRequest request, base::Instant now, std::chrono::milliseconds away);
  void disarm();

  enum class Reading : std::uint8_t {
    now,             // go and read
    after_dropping,  // first drop what lies there, then ask again
  };
  Reading begin_reading();
  struct Ended {
    Moment moment = 0;             // to which what was read belongs
    bool armed_meanwhile = false;  // since the read before
  };
  Ended end_reading(base::Instant now);

  // What is wanted, unless nothing is, or it was asked for after `since`.
  std::optional<ScanRequest> request(Moment since) const;
  bool armed() const;
  // The one result of this arming is found; false when it ended in between.
  bool close(Moment since);

 private:
  mutable std::mutex mutex_;
  std::optional<ScanRequest> armed_;
  Moment moment_ = 0;
  Moment heard_ = 0;  // `moment_` as the thread knows it
  bool reading_ = false;
  base::Instant away_since_{};
  bool drop_ = false;
};

}  // namespace hal
