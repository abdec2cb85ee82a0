// From "so long" to "until then".
#pragma once

#include <algorithm>
#include <chrono>

namespace hal {

// Longer patience counts as this: no call waits for ever, and no sum overflows.
inline constexpr std::chrono::hours kLongestPatience{1};

inline std::chrono::steady_clock::time_point deadline_after(std::chrono::milliseconds patience) {
  using std::chrono::milliseconds;
  return std::chrono::steady_clock::now() + std::clamp<milliseconds>(patience, milliseconds{0}, kLongestPatience);
}

// Rounded up; 0 when it has passed.
inline std::chrono::milliseconds until(std::chrono::steady_clock::time_point deadline) {
  using std::chrono::milliseconds;
  return std::max(milliseconds{0}, std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now()));
}

}  // namespace hal
