// Whether the platform may be tried now. Closed: as fast as it answers. Open: after a failure, one probe per delay, drawn
// with full jitter (offline_cache/retry_policy.h); a Retry-After of the platform replaces the draw and binds everything.
// It never gives up. Time is an argument.
#pragma once

#include <optional>

#include "base/clock.h"
#include "base/random.h"

namespace offline_cache {

class Circuit {
 public:
  explicit Circuit(base::Random& random) : random_(random) {}

  void succeeded();
  void failed(base::Instant now, std::optional<std::chrono::seconds> retry_after);
  void forget();  // the link is up again, or somebody pressed "send now"

  bool may_try(base::Instant now) const { return now >= next_try_; }
  // The platform asked for silence: not even a new application is sent.
  bool told_to_wait(base::Instant now) const { return now < silent_until_; }
  base::Instant next_try() const { return next_try_; }
  int failures() const { return failures_; }

 private:
  base::Random& random_;
  int failures_ = 0;
  base::Instant next_try_{};
  base::Instant silent_until_{};
};

}  // namespace offline_cache
