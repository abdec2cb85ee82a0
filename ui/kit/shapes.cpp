#include "ui/kit/shapes.h"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

// Share of a pixel inside the disc, from the distance of its centre to the edge: exact to a grey step for radii in use.
std::uint8_t coverage_at(int x, int y, double radius) {
  const double distance = std::hypot(x + 0.5 - radius, y + 0.5 - radius);
  return static_cast<std::uint8_t>(std::lround(std::clamp(radius - distance + 0.5, 0.0, 1.0) * 255.0));
}

Image disc(int radius) {
  const int size = 2 * radius;
  std::vector<std::uint8_t> coverage;
  coverage.reserve(static_cast<std::size_t>(size) * static_cast<std::size_t>(size));
  for (int y = 0; y < size; ++y)
    for (int x = 0; x < size; ++x) coverage.push_back(coverage_at(x, y, radius));
  return {size, size, std::move(coverage)};
}

}  // namespace

const Image& Discs::of(int radius) {
  const auto found = discs_.find(radius);
  return found != discs_.end() ? found->second : discs_.emplace(radius, disc(radius)).first->second;
}

}  // namespace ui
