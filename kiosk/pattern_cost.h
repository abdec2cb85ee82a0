// How much work a regular expression can make for one text. std::regex backtracks: `(a+)+$` against thirty letters runs
// for hours and `.*` against a long text overflows the stack. So patterns are held to a small subset whose worst case can
// be computed before they are used.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.h"

namespace kiosk {

inline constexpr std::size_t kLongestPattern = 200;         // bytes
inline constexpr std::size_t kLongestMatchedText = 1024;    // bytes; every text of a checked value is at most this long
inline constexpr double kMostPatternSteps = 4.0 * 1048576;  // ≈ 0.1 s at worst

// Allowed: ASCII letters and signs, ., [sets], \d \w \s and escaped signs, (groups), (?:groups), |, ^, $, and ? * + {n} {n,}
// {n,m}. service_broken, with a reason, for anything else and for more than kMostPatternSteps.
base::Status check_pattern(std::string_view pattern);

}  // namespace kiosk
