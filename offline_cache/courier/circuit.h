// Whether the platform may be tried now. Closed: as fast as it answers. Open: after a failure, one probe per delay, drawn
// with full jitter (offline_cache/retry_policy.h); a Retry-After of the platform replaces the draw and binds everything.
// It never gives up. When the way is free again after an outage as long as the fleet's spread, the backlog first waits a
// part of that spread; what somebody in front of the machine has just made does not. Time is an argument, and is boot time:
// a wall clock that jumps moves nothing here.
#pragma once

#include <algorithm>
#include <optional>

#include "base/clock.h"
#include "base/random.h"
#include "offline_cache/retry_policy.h"

namespace offline_cache {

class Circuit {
 public:
  explicit Circuit(base::Random& random, std::chrono::milliseconds spread = kFleetSpread) : random_(random), spread_(spread) {}

  void began(base::Instant now);  // the machine has just started, as perhaps all the others have
  void succeeded(base::Instant now);
  void failed(base::Instant now, std::optional<std::chrono::seconds> retry_after);
  void forget();  // somebody pressed "send now"

  bool may_probe(base::Instant now) const { return now >= next_try_; }
  bool may_try(base::Instant now) const { return now >= next_try(); }  // a record of the backlog
  bool spreading(base::Instant now) const { return now < spread_until_; }
  // The platform asked for silence: not even a new application is sent.
  bool told_to_wait(base::Instant now) const { return now < silent_until_; }
  base::Instant next_probe() const { return next_try_; }
  base::Instant next_try() const { return std::max(next_try_, spread_until_); }
  int failures() const { return failures_; }

 private:
  base::Random& random_;
  std::chrono::milliseconds spread_;
  int failures_ = 0;
  std::optional<base::Instant> down_since_;
  base::Instant next_try_{};
  base::Instant silent_until_{};
  base::Instant spread_until_{};
};

}  // namespace offline_cache
