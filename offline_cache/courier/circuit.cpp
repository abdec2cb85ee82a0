#include "offline_cache/courier/circuit.h"

#include <algorithm>

#include "offline_cache/retry_policy.h"

namespace offline_cache {

void Circuit::succeeded() { forget(); }

void Circuit::forget() {
  failures_ = 0;
  next_try_ = {};
  silent_until_ = {};
}

void Circuit::failed(base::Instant now, std::optional<std::chrono::seconds> retry_after) {
  if (retry_after) {
    silent_until_ = now + clamp_retry_after(*retry_after);
    next_try_ = silent_until_;
  } else {
    next_try_ = now + retry_delay(failures_, random_);
  }
  failures_ = std::min(failures_ + 1, 30);
}

}  // namespace offline_cache
