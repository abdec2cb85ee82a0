#include "hal/scanner/scan_gate.h"

#include <utility>

namespace hal {

void ScanGate::arm(ScanRequest request, base::Instant now, std::chrono::milliseconds away) {
  const std::lock_guard lock(mutex_);
  armed_ = std::move(request);
  ++moment_;
  if (!reading_ && now - away_since_ >= away) drop_ = true;
}

void ScanGate::disarm() {
  const std::lock_guard lock(mutex_);
  armed_.reset();
  ++moment_;
}

ScanGate::Reading ScanGate::begin_reading() {
  const std::lock_guard lock(mutex_);
  if (std::exchange(drop_, false)) {
    heard_ = moment_;
    return Reading::after_dropping;
  }
  reading_ = true;
  return Reading::now;
}

ScanGate::Ended ScanGate::end_reading(base::Instant now) {
  const std::lock_guard lock(mutex_);
  reading_ = false;
  away_since_ = now;
  return {moment_, std::exchange(heard_, moment_) != moment_};
}

std::optional<ScanRequest> ScanGate::request(Moment since) const {
  const std::lock_guard lock(mutex_);
  return since == moment_ ? armed_ : std::nullopt;
}

bool ScanGate::armed() const {
  const std::lock_guard lock(mutex_);
  return armed_.has_value();
}

bool ScanGate::close(Moment since) {
  const std::lock_guard lock(mutex_);
  if (since != moment_ || !armed_) return false;
  armed_.reset();
  return true;
}

}  // namespace hal
