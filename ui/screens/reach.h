// Which part of the picture a hand reaches from a wheelchair (EN 301 549 8.3: 800 to 1 100 mm above the floor).
#pragma once

#include "ui/kit/kit.h"

namespace ui {

inline constexpr double kLowestReach = 800.0;         // mm above the floor
inline constexpr double kHighestReach = 1100.0;       // mm above the floor
inline constexpr double kLeastReachPortrait = 280.0;  // mm of picture in reach, below which a page would not fit
inline constexpr double kLeastReachLandscape = 230.0;
inline constexpr double kLeastReachWidth = 220.0;  // mm of picture

struct Reach {
  bool possible = false;  // enough of the picture is in reach for a page
  int top = 0;            // pixels
  int bottom = 0;         // pixels, exclusive
};

struct PictureSize {
  int width = 0, height = 0;  // pixels
};

// `mounting_mm`: of the picture's lower edge above the floor; 0 = not known, and nothing is possible.
Reach reach_of(const PictureSize& size, double width_mm, double mounting_mm);
// Where a page of the low layout is drawn: what is in reach, and the header above it.
Box low_sheet(const Kit& kit, const Reach& reach);
// Height of the header.
int header_height(const Kit& kit);

}  // namespace ui
