#include "ui/kit/painter.h"

#include "ui/kit/blend.h"

namespace ui {
namespace {

void paint_quad(Surface& surface, const Quad& quad, const Box& clip) {
  const Box part = intersection(quad.box, clip);
  for (int y = part.y; y < part.bottom(); ++y) {
    Pixel* row = surface.row(y) + part.x;
    if (quad.image == nullptr)
      fill_row(row, part.w, quad.colour);
    else
      cover_row(row, quad.image->row(quad.v + y - quad.box.y) + quad.u + part.x - quad.box.x, part.w, quad.colour);
  }
}

}  // namespace

void paint_quads(Surface& surface, const std::vector<Quad>& quads, const Box& clip) {
  const Box inside = intersection(clip, surface.box());
  for (const Quad& quad : quads) paint_quad(surface, quad, inside);
}

std::vector<Box> Painter::paint(Surface& surface, std::vector<Quad> frame) {
  std::vector<Box> damage;
  if (canvas_ != surface.box())
    damage = {surface.box()};
  else
    damage = damage_between(last_, frame, canvas_);
  for (const Box& box : damage) paint_quads(surface, frame, box);
  canvas_ = surface.box();
  last_ = std::move(frame);
  for (Quad& quad : last_) quad.image = nullptr;
  return damage;
}

void Painter::forget() {
  last_.clear();
  canvas_ = {};
}

}  // namespace ui
