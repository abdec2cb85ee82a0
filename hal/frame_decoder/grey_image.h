// Grey pictures, one byte a pixel, rows without gaps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hal {

struct GreyView {
  const std::uint8_t* pixels = nullptr;  // width × height
  int width = 0;
  int height = 0;

  std::uint8_t at(int x, int y) const {
    return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
  }
};

struct GreyImage {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;

  GreyView view() const { return {pixels.data(), width, height}; }
};

// Each pixel the mean of four: half the noise, and blur of half as many pixels.
GreyImage halved(GreyView picture);
// Light for dark.
GreyImage inverted(GreyView picture);

}  // namespace hal
