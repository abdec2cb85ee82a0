#include "ui/input/ink.h"

#include <algorithm>
#include <cmath>

#include "base/secret.h"

namespace ui {
namespace {

using kiosk::InkPoint;
using kiosk::Stroke;

constexpr double kNearest = 1.2;          // mm; closer points are a trembling finger, and cost drawing
constexpr double kLine = 2.2;             // mm
constexpr std::size_t kMostPoints = 600;  // of one stroke

void wipe_points(Stroke& stroke) {
  base::wipe(stroke.data(), stroke.size() * sizeof(InkPoint));
  stroke.clear();
}

// The part of row `y` that a round pen covers on its way from `a` to `b`.
void draw_row(Kit& kit, const Box& box, InkPoint a, InkPoint b, double radius, int y) {
  const int steps = std::max({1, std::abs(b.x - a.x), std::abs(b.y - a.y)});
  double left = 1e9;
  double right = -1e9;
  for (int i = 0; i <= steps; ++i) {
    const double t = static_cast<double>(i) / steps;
    const double x = a.x + t * (b.x - a.x);
    const double dy = y - (a.y + t * (b.y - a.y));
    if (std::abs(dy) > radius) continue;
    const double reach = std::sqrt(radius * radius - dy * dy);
    left = std::min(left, x - reach);
    right = std::max(right, x + reach);
  }
  const int from = std::max(0, static_cast<int>(std::lround(left)));
  const int to = std::min(box.w, static_cast<int>(std::lround(right)));
  if (from < to) kit.fill({box.x + from, box.y + y, to - from, 1}, theme::kInk);
}

void draw_line(Kit& kit, const Box& box, InkPoint a, InkPoint b, int width) {
  const double radius = width / 2.0;
  const int top = std::max(0, std::min(a.y, b.y) - width / 2);
  const int bottom = std::min(box.h - 1, std::max(a.y, b.y) + width / 2);
  for (int y = top; y <= bottom; ++y) draw_row(kit, box, a, b, radius, y);
}

}  // namespace

void Ink::move(InkPoint to) {
  if (!drawing_) {
    if (strokes_.size() == kiosk::kMostStrokes) return;
    strokes_.emplace_back();
    strokes_.back().reserve(kMostPoints);  // growing would leave copies behind
    drawing_ = true;
  }
  if (strokes_.back().size() < kMostPoints) strokes_.back().push_back(to);
}

void Ink::lift() { drawing_ = false; }

void Ink::undo() {
  if (strokes_.empty()) return;
  wipe_points(strokes_.back());
  strokes_.pop_back();
  drawing_ = false;
}

void Ink::clear() {
  while (!strokes_.empty()) undo();
}

bool ink_pad(Kit& kit, const Box& box, std::string_view id, std::string_view label, Ink& ink) {
  const Interaction::Touch touch = kit.target(id, box);
  const PointerTransition& pointer = kit.pointer();
  const bool was_drawing = ink.drawing();
  if (touch.held) {
    const InkPoint here{std::clamp(pointer.x - box.x, 0, box.w), std::clamp(pointer.y - box.y, 0, box.h)};
    const bool begins = !was_drawing;
    const bool far =
        begins || std::hypot(here.x - ink.strokes().back().back().x, here.y - ink.strokes().back().back().y) >= kit.px(kNearest);
    if (far) ink.move(here);
  } else {
    ink.lift();
  }
  kit.framed(box, kit.px(6.0), kit.px(1.2), theme::kJade, theme::kCard);
  for (const Stroke& stroke : ink.strokes()) draw_stroke(kit, box, stroke, kit.px(kLine));
  SemanticNode node = kit.node(Role::field, id, label, box);
  node.privacy = Privacy::personal;
  kit.add(std::move(node));
  return was_drawing && !ink.drawing();
}

void draw_stroke(Kit& kit, const Box& box, const Stroke& stroke, int width) {
  if (stroke.size() == 1) draw_line(kit, box, stroke.front(), stroke.front(), width);
  for (std::size_t i = 1; i < stroke.size(); ++i) draw_line(kit, box, stroke[i - 1], stroke[i], width);
}

}  // namespace ui
