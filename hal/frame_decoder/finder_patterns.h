// The three squares in the corners of a QR code, found in a grey picture: dark, light, dark, light, dark as 1:1:3:1:1 on
// every line through their middle, at whatever angle.
#pragma once

#include <cstdint>
#include <vector>

#include "hal/frame_decoder/perspective.h"
#include "hal/frame_decoder/relief.h"

namespace hal {

struct FinderPattern {
  Perspective::Point centre;  // pixels
  double module = 0;          // pixels, roughly
  int sightings = 0;          // rows that crossed it
};

inline constexpr std::size_t kMostFinderPatterns = 24;

// Those seen best first, at most kMostFinderPatterns, of codes that are dark on light.
std::vector<FinderPattern> find_finder_patterns(const Relief& relief);

}  // namespace hal
