#include "offline_cache/courier/circuit.h"

namespace offline_cache {

void Circuit::began(base::Instant now) { spread_until_ = now + fleet_delay(spread_, random_); }

void Circuit::succeeded(base::Instant now) {
  if (down_since_ && now - *down_since_ >= spread_) spread_until_ = now + fleet_delay(spread_, random_);
  down_since_.reset();
  failures_ = 0;
  next_try_ = {};
  silent_until_ = {};
}

void Circuit::forget() {
  down_since_.reset();
  failures_ = 0;
  next_try_ = {};
  silent_until_ = {};
  spread_until_ = {};
}

void Circuit::failed(base::Instant now, std::optional<std::chrono::seconds> retry_after) {
  if (!down_since_) down_since_ = now;
  if (retry_after) {
    silent_until_ = now + clamp_retry_after(*retry_after);
    next_try_ = silent_until_;
  } else {
    next_try_ = now + retry_delay(failures_, random_);
  }
  failures_ = std::min(failures_ + 1, 30);
}

}  // namespace offline_cache
