// The plane of a code seen by a camera: four points there and four here fix the mapping between them.
#pragma once

#include <array>
#include <optional>

namespace hal {

// (x, y) → ((a x + b y + c) / w, (d x + e y + f) / w) with w = g x + h y + 1.
struct Perspective {
  std::array<double, 8> m{};

  struct Point {
    double x = 0;
    double y = 0;
  };
  Point operator()(double x, double y) const {
    const double w = m[6] * x + m[7] * y + 1.0;
    return {(m[0] * x + m[1] * y + m[2]) / w, (m[3] * x + m[4] * y + m[5]) / w};
  }
};

// Takes `from[i]` to `to[i]`; nothing when three of them lie on a line.
std::optional<Perspective> perspective(const std::array<Perspective::Point, 4>& from,
                                       const std::array<Perspective::Point, 4>& to);

}  // namespace hal
