// The same character in other orders of its strokes: the recogniser knows each in the order taught at school only, and
// old hands write as they learned. Pure.
#pragma once

#include <cstddef>
#include <vector>

#include "kiosk/signature.h"

namespace ui {

// Without the trembling: each point becomes the middle of its neighbours.
std::vector<kiosk::Stroke> smoothed(const std::vector<kiosk::Stroke>& strokes);

// At most `most` ways to have written this, the likeliest first: as drawn, each stroke in its usual direction, from top to
// bottom, then one stroke at another place.
std::vector<std::vector<kiosk::Stroke>> stroke_orders(const std::vector<kiosk::Stroke>& strokes, std::size_t most);

}  // namespace ui
