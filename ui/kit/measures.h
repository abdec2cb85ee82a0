// How large everything is, in millimetres, at each of the four text steps. Floors (facts: accessibility §0): targets
// 20 mm, choices 25 mm high, gaps 5 mm, informational text 10 mm em.
#pragma once

#include "kiosk/event.h"

namespace ui {

inline constexpr double kSmallestText = 10.0;    // mm em
inline constexpr double kShrink = 0.94;          // where words do not fit: one size to the next that is tried
inline constexpr double kClosestLines = 1.25;    // em; at the smallest size
inline constexpr double kSmallestTarget = 20.0;  // mm
inline constexpr double kSmallestChoice = 25.0;  // mm high
inline constexpr double kGap = 6.0;              // mm between targets
inline constexpr double kMargin = 12.0;          // mm at the panel's sides

// For hands that tremble, where there is room: at σ 5 mm a target of 30 mm is missed once in ten, one of 20 mm once in three
// (facts: accessibility §2.2).
inline constexpr double kSteadyTarget = 30.0;      // mm
inline constexpr double kSteadyGap = 8.0;          // mm
inline constexpr double kSteadyPortrait = 340.0;   // mm of height that a page then needs
inline constexpr double kSteadyLandscape = 250.0;  // mm; 21.5 inches have 268
inline constexpr double kSteadyWidth = 220.0;      // mm; a row of keys beside the staff's button

struct Measures {
  // em of text
  double title, strong, body, hint;
  double chrome;  // header and tool row: grow less, so that room is left
  double action;  // footer buttons
  double code;    // receipt code
  // heights
  double header, tool, footer_portrait, step_bar;
  double radio;  // diameter
  double tile;   // the pictogram's ground in a tile
  double more;   // height of the button that turns the page, upright
};

// Rows: small, normal, large, largest.
inline constexpr Measures kMeasures[] = {
    {16.0, 12.5, 10.0, 10.0, 10.0, 12.5, 22.0, 26.0, 21.0, 34.0, 17.0, 14.0, 24.0, 25.0},
    {18.5, 14.5, 12.0, 10.5, 10.0, 14.0, 25.0, 31.0, 23.0, 38.0, 20.0, 17.0, 28.0, 25.5},
    {22.0, 18.0, 16.0, 14.0, 12.0, 16.0, 29.0, 37.0, 25.0, 40.0, 22.0, 20.0, 32.0, 26.5},
    {27.0, 25.0, 24.0, 21.0, 14.5, 20.0, 34.0, 38.0, 28.0, 46.0, 26.0, 26.0, 40.0, 30.0},
};

inline const Measures& measures_of(kiosk::TextStep step) { return kMeasures[static_cast<std::size_t>(step)]; }

// On small panels what stands around every page gives way, so that room is left for the page itself.
inline constexpr double kLowPortrait = 400.0;   // mm high; 15.6 inches have 345
inline constexpr double kLowLandscape = 230.0;  // mm high; 15.6 inches have 194
inline constexpr double kLowStepBar = 14.0;     // mm: one line
Measures measures_for(kiosk::TextStep step, bool tight);

}  // namespace ui
