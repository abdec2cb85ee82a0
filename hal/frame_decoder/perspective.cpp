#include "hal/frame_decoder/perspective.h"

#include <cmath>
#include <cstddef>
#include <utility>

namespace hal {

// Eight equations in eight unknowns, by Gauss's elimination with pivots.
std::optional<Perspective> perspective(const std::array<Perspective::Point, 4>& from,
                                       const std::array<Perspective::Point, 4>& to) {
  constexpr std::size_t kUnknowns = 8;
  std::array<std::array<double, kUnknowns + 1>, kUnknowns> rows{};
  for (std::size_t i = 0; i < 4; ++i) {
    const auto [x, y] = from.at(i);
    const auto [u, v] = to.at(i);
    rows[2 * i] = {x, y, 1, 0, 0, 0, -x * u, -y * u, u};
    rows[2 * i + 1] = {0, 0, 0, x, y, 1, -x * v, -y * v, v};
  }
  for (std::size_t column = 0; column < kUnknowns; ++column) {
    std::size_t pivot = column;
    for (std::size_t row = column + 1; row < kUnknowns; ++row)
      if (std::abs(rows[row][column]) > std::abs(rows[pivot][column])) pivot = row;
    if (std::abs(rows[pivot][column]) < 1e-9) return std::nullopt;
    std::swap(rows[pivot], rows[column]);
    for (std::size_t row = 0; row < kUnknowns; ++row) {
      if (row == column) continue;
      const double factor = rows[row][column] / rows[column][column];
      for (std::size_t k = column; k <= kUnknowns; ++k) rows[row][k] -= factor * rows[column][k];
    }
  }
  Perspective result;
  for (std::size_t i = 0; i < kUnknowns; ++i) result.m.at(i) = rows[i][kUnknowns] / rows[i][i];
  return result;
}

}  // namespace hal
