// Paints frames of quads in software, and only what differs from the frame before.
//
// On machines without a GPU this is the fast path: a rectangle is a fill, a text is one pass over its coverage, and a
// press repaints one button (facts: performance §2, §8).
#pragma once

#include <vector>

#include "ui/kit/quad.h"
#include "ui/kit/surface.h"

namespace ui {

// The rectangles in which drawing `now` instead of `before` may change a pixel; disjoint, at most kMostDamage.
std::vector<Box> damage_between(const std::vector<Quad>& before, const std::vector<Quad>& now, const Box& canvas);

inline constexpr std::size_t kMostDamage = 12;  // rectangles; more are joined

class Painter {
 public:
  // Brings the surface from the last painted frame to `frame` and returns what was repainted; nothing when equal.
  // The surface must still hold the last frame: after a resize or a lost surface call forget() first.
  std::vector<Box> paint(Surface& surface, std::vector<Quad> frame);
  // Whether a surface of this size still shows the last frame.
  bool shows(const Box& canvas) const { return !canvas_.empty() && canvas_ == canvas; }
  // The next frame is painted whole.
  void forget();

 private:
  std::vector<Quad> last_;
  Box canvas_;  // of the last frame; empty = nothing painted yet
};

// Every quad, inside `clip` only.
void paint_quads(Surface& surface, const std::vector<Quad>& quads, const Box& clip);

}  // namespace ui
