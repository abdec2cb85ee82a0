#include "hal/frame_decoder/relief.h"

#include <algorithm>

namespace hal {

// Sums of columns slide down, and the sum of a window slides along them.
Relief relief_of(GreyView picture, int around) {
  const int width = picture.width, height = picture.height;
  const auto columns_count = static_cast<std::size_t>(width);
  Relief relief{width, height, std::vector<std::int16_t>(columns_count * static_cast<std::size_t>(height))};
  std::vector<int> columns(columns_count);
  std::vector<int> sums(columns_count + 1);
  const auto add_row = [&](int y, int sign) {
    const std::uint8_t* row = picture.pixels + static_cast<std::ptrdiff_t>(y) * width;
    for (std::size_t x = 0; x < columns_count; ++x) columns[x] += sign * row[x];
  };
  for (int y = 0; y < std::min(around, height); ++y) add_row(y, 1);
  for (int y = 0; y < height; ++y) {
    if (y + around < height) add_row(y + around, 1);
    if (y - around - 1 >= 0) add_row(y - around - 1, -1);
    for (std::size_t x = 0; x < columns_count; ++x) sums[x + 1] = sums[x] + columns[x];
    const int rows = std::min(height - 1, y + around) - std::max(0, y - around) + 1;
    const std::uint8_t* row = picture.pixels + static_cast<std::ptrdiff_t>(y) * width;
    std::int16_t* out = &relief.levels[static_cast<std::size_t>(y) * columns_count];
    const auto level = [&](int x, int left, int right, float share) {
      const int sum = sums[static_cast<std::size_t>(right)] - sums[static_cast<std::size_t>(left)];
      out[x] = static_cast<std::int16_t>(static_cast<float>(row[x]) - static_cast<float>(sum) * share);
    };
    const int first = std::min(around, width), last = std::max(first, width - around - 1);
    const auto at_edge = [&](int x) {
      const int left = std::max(0, x - around), right = std::min(width, x + around + 1);
      level(x, left, right, 1.0F / static_cast<float>(rows * (right - left)));
    };
    for (int x = 0; x < first; ++x) at_edge(x);
    const float share = 1.0F / static_cast<float>(rows * (2 * around + 1));
    for (int x = first; x < last; ++x) level(x, x - around, x + around + 1, share);
    for (int x = last; x < width; ++x) at_edge(x);
  }
  return relief;
}

}  // namespace hal
