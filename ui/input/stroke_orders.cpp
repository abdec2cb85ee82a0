#include "ui/input/stroke_orders.h"

#include <algorithm>
#include <cstdlib>

namespace ui {
namespace {

using kiosk::InkPoint;
using kiosk::Stroke;
using Strokes = std::vector<Stroke>;

constexpr int kSmoothings = 2;

Stroke smoothed_once(const Stroke& stroke) {
  Stroke smooth = stroke;
  for (std::size_t i = 1; i + 1 < stroke.size(); ++i)
    smooth[i] = {(stroke[i - 1].x + 2 * stroke[i].x + stroke[i + 1].x) / 4,
                 (stroke[i - 1].y + 2 * stroke[i].y + stroke[i + 1].y) / 4};
  return smooth;
}

// Horizontals go right, everything else down.
Stroke usual_direction(Stroke stroke) {
  const int dx = stroke.back().x - stroke.front().x;
  const int dy = stroke.back().y - stroke.front().y;
  const bool backwards = std::abs(dx) > 2 * std::abs(dy) ? dx < 0 : dy < 0;
  if (backwards) std::reverse(stroke.begin(), stroke.end());
  return stroke;
}

int middle_height(const Stroke& stroke) {
  const auto [least, most] = std::minmax_element(stroke.begin(), stroke.end(), [](auto a, auto b) { return a.y < b.y; });
  return least->y + most->y;
}

class Orders {
 public:
  explicit Orders(std::size_t most) : most_(most) {}
  void add(Strokes strokes) {
    if (orders_.size() < most_ && std::find(orders_.begin(), orders_.end(), strokes) == orders_.end())
      orders_.push_back(std::move(strokes));
  }
  bool full() const { return orders_.size() >= most_; }
  std::vector<Strokes> take() { return std::move(orders_); }

 private:
  std::size_t most_;
  std::vector<Strokes> orders_;
};

Strokes moved(Strokes strokes, std::size_t from, std::size_t to) {
  const auto begin = strokes.begin();
  const auto at = [begin](std::size_t i) { return begin + static_cast<std::ptrdiff_t>(i); };
  if (from < to)
    std::rotate(at(from), at(from + 1), at(to + 1));
  else
    std::rotate(at(to), at(from), at(from + 1));
  return strokes;
}

}  // namespace

Strokes smoothed(const Strokes& strokes) {
  Strokes smooth = strokes;
  for (int i = 0; i < kSmoothings; ++i)
    for (Stroke& stroke : smooth) stroke = smoothed_once(stroke);
  return smooth;
}

std::vector<Strokes> stroke_orders(const Strokes& strokes, std::size_t most) {
  Orders orders(most);
  orders.add(strokes);
  Strokes usual = strokes;
  std::transform(usual.begin(), usual.end(), usual.begin(), usual_direction);
  orders.add(usual);
  Strokes downwards = usual;
  std::stable_sort(downwards.begin(), downwards.end(),
                   [](const Stroke& a, const Stroke& b) { return middle_height(a) < middle_height(b); });
  orders.add(downwards);
  const std::size_t last = strokes.size() - 1;
  for (std::size_t to = 1; to <= last; ++to) orders.add(moved(usual, 0, to));  // one that came too early
  for (std::size_t to = last; to-- > 0;) orders.add(moved(usual, last, to));   // or too late
  for (std::size_t from = 1; from < last && !orders.full(); ++from)
    for (std::size_t to = 0; to <= last; ++to) orders.add(moved(usual, from, to));
  return orders.take();
}

}  // namespace ui
