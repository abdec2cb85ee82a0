// When to try the platform again. Pure: no clock, no state. There is no last try: an application is never given up.
#pragma once

#include <chrono>
#include <optional>

#include "base/random.h"

namespace offline_cache {

inline constexpr std::chrono::seconds kRetryBase{5};
inline constexpr std::chrono::seconds kRetryCap{15 * 60};
inline constexpr std::chrono::milliseconds kRetryFloor{250};  // full jitter may draw zero; a refusing port must not spin
inline constexpr std::chrono::seconds kFleetSpread{60};
inline constexpr std::chrono::seconds kRetryAfterShortest{1};
inline constexpr std::chrono::seconds kRetryAfterLongest{6 * 60 * 60};

// Full jitter: uniform in [floor, min(cap, base × 2^failures)], so that a hall full of machines does not come back in step.
std::chrono::milliseconds retry_delay(int failures, base::Random& random);

// How long to hold a backlog back when the way is free again: uniform in [0, spread]. A whole district gets its power or its
// network back in the same second; its machines should not arrive in the same second.
std::chrono::milliseconds fleet_delay(std::chrono::milliseconds spread, base::Random& random);

// What the platform asked for, within reason: a date far away or a broken clock must not park the queue for years.
std::chrono::seconds clamp_retry_after(std::chrono::seconds asked);

}  // namespace offline_cache
