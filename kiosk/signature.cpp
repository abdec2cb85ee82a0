#include "kiosk/signature.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>

namespace kiosk {
namespace {

constexpr double kFinest = 0.6;  // grid units a left-out point may lie beside the line
constexpr double kCoarser = 1.5;
constexpr double kCoarsest = 500.0;  // two points of each stroke are left: at most 17 bytes, fifty times

InkPoint on_grid(InkPoint point) { return {std::clamp(point.x, 0, kSignatureWidth), std::clamp(point.y, 0, kSignatureHeight)}; }

double distance(InkPoint point, InkPoint from, InkPoint to) {
  const double dx = to.x - from.x;
  const double dy = to.y - from.y;
  const double length = std::hypot(dx, dy);
  if (length == 0) return std::hypot(point.x - from.x, point.y - from.y);
  return std::abs(dx * (from.y - point.y) - dy * (from.x - point.x)) / length;
}

// Douglas and Peucker, without recursion: a stroke may be long.
Stroke simplified(const Stroke& stroke, double tolerance) {
  std::vector<bool> kept(stroke.size(), false);
  kept.front() = kept.back() = true;
  std::vector<std::pair<std::size_t, std::size_t>> open{{0, stroke.size() - 1}};
  while (!open.empty()) {
    const auto [first, last] = open.back();
    open.pop_back();
    double most = tolerance;
    std::size_t farthest = first;
    for (std::size_t i = first + 1; i < last; ++i)
      if (const double here = distance(stroke[i], stroke[first], stroke[last]); here > most) {
        most = here;
        farthest = i;
      }
    if (farthest == first) continue;
    kept[farthest] = true;
    open.emplace_back(first, farthest);
    open.emplace_back(farthest, last);
  }
  Stroke points;
  for (std::size_t i = 0; i < stroke.size(); ++i)
    if (kept[i] && (points.empty() || !(stroke[i] == points.back()))) points.push_back(stroke[i]);
  return points;
}

void write(base::Secret& path, const Stroke& points) {
  fmt::memory_buffer text;
  fmt::format_to(std::back_inserter(text), "M{} {}l", points.front().x, points.front().y);
  if (points.size() == 1) fmt::format_to(std::back_inserter(text), "0 0");
  for (std::size_t i = 1; i < points.size(); ++i) {
    const int dx = points[i].x - points[i - 1].x;
    const int dy = points[i].y - points[i - 1].y;
    fmt::format_to(std::back_inserter(text), "{}{}{}{}", i == 1 || dx < 0 ? "" : " ", dx, dy < 0 ? "" : " ", dy);
  }
  path.append({text.data(), text.size()});
  base::wipe(text.data(), text.size());
}

base::Secret written(const std::vector<Stroke>& strokes, double tolerance) {
  base::Secret path;
  for (const auto& stroke : strokes) write(path, simplified(stroke, tolerance));
  return path;
}

class PathReader {
 public:
  explicit PathReader(std::string_view path) : rest_(path) {}

  std::optional<std::vector<Stroke>> read() {
    std::vector<Stroke> strokes;
    while (!rest_.empty()) {
      auto stroke = one();
      if (!stroke || strokes.size() == kMostStrokes) return {};
      strokes.push_back(*std::move(stroke));
    }
    return strokes;
  }

 private:
  std::optional<Stroke> one() {
    if (!take('M')) return {};
    const auto start = pair();
    if (!start || !inside(*start) || !take('l')) return {};
    Stroke stroke{*start};
    while (!rest_.empty() && rest_.front() != 'M') {
      const auto step = pair();
      if (!step) return {};
      const InkPoint next{stroke.back().x + step->x, stroke.back().y + step->y};
      if (!inside(next)) return {};
      stroke.push_back(next);
    }
    return stroke;
  }

  static bool inside(InkPoint point) { return point == on_grid(point); }

  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::optional<InkPoint> pair() {
    const auto x = number();
    if (!x) return {};
    const auto y = number();
    if (!y) return {};
    return InkPoint{*x, *y};
  }

  std::optional<int> number() {
    take(' ');
    int value = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (error != std::errc() || std::abs(value) > kSignatureWidth) return {};
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return value;
  }

  std::string_view rest_;
};

}  // namespace

base::Secret signature_path(const std::vector<Stroke>& strokes) {
  std::vector<Stroke> drawn;
  for (const auto& stroke : strokes) {
    if (stroke.empty() || drawn.size() == kMostStrokes) continue;
    drawn.emplace_back();
    std::transform(stroke.begin(), stroke.end(), std::back_inserter(drawn.back()), on_grid);
  }
  auto path = written(drawn, kFinest);
  for (double tolerance = kFinest * kCoarser; path.size() > kLongestSignature && tolerance < kCoarsest; tolerance *= kCoarser)
    path = written(drawn, tolerance);
  return path;
}

std::optional<std::vector<Stroke>> read_signature(std::string_view path) {
  if (path.size() > kLongestSignature) return {};
  return PathReader(path).read();
}

}  // namespace kiosk
