#include "offline_cache/retry_policy.h"

#include <algorithm>

namespace offline_cache {

std::chrono::milliseconds retry_delay(int failures, base::Random& random) {
  // 5 s × 2^8 is beyond the cap; more doublings would only overflow.
  const int doublings = std::clamp(failures, 0, 8);
  const std::chrono::milliseconds longest = std::min<std::chrono::milliseconds>(kRetryCap, kRetryBase * (1 << doublings));
  const auto span = static_cast<std::uint64_t>((longest - kRetryFloor).count()) + 1;
  return kRetryFloor + std::chrono::milliseconds(static_cast<std::int64_t>(random.below(span)));
}

std::chrono::milliseconds fleet_delay(std::chrono::milliseconds spread, base::Random& random) {
  const auto span = static_cast<std::uint64_t>(std::max<std::int64_t>(spread.count(), 0)) + 1;
  return std::chrono::milliseconds(static_cast<std::int64_t>(random.below(span)));
}

std::chrono::seconds clamp_retry_after(std::chrono::seconds asked) {
  return std::clamp(asked, kRetryAfterShortest, kRetryAfterLongest);
}

}  // namespace offline_cache
