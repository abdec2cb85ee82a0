// A picture without its light: each pixel's grey level less the mean of what is around it.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "hal/frame_decoder/grey_image.h"

namespace hal {

struct Relief {
  int width = 0;
  int height = 0;
  std::vector<std::int16_t> levels;  // below 0: darker than what is around

  std::int16_t at(int x, int y) const {
    return levels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
  }
  // Between the pixels, whose middles are at x.5; 0 outside.
  float sample(double x, double y) const {
    const auto px = static_cast<float>(x - 0.5), py = static_cast<float>(y - 0.5);
    if (!(px >= 0 && py >= 0 && px < static_cast<float>(width - 1) && py < static_cast<float>(height - 1))) return 0;
    const int left = static_cast<int>(px), top = static_cast<int>(py);
    const float right = px - static_cast<float>(left), down = py - static_cast<float>(top);
    const std::int16_t* here =
        &levels[static_cast<std::size_t>(top) * static_cast<std::size_t>(width) + static_cast<std::size_t>(left)];
    const float above = static_cast<float>(here[0]) * (1 - right) + static_cast<float>(here[1]) * right;
    const float below = static_cast<float>(here[width]) * (1 - right) + static_cast<float>(here[width + 1]) * right;
    return above * (1 - down) + below * down;
  }
};

// `around`: pixels to each side, of the mean; more than the middle of a finder pattern is wide.
Relief relief_of(GreyView picture, int around);

}  // namespace hal
