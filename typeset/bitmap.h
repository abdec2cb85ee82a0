// Pixels without colour: what text is drawn into. Coverage for the screen, dots for the printer.
#pragma once

#include <cstdint>
#include <vector>

namespace typeset {

// 8-bit coverage, one byte a pixel, rows top to bottom without padding.
struct CoverageBitmap {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;  // width × height
};

// 1 bit a dot, 1 = black, most significant bit leftmost, each row padded to whole bytes.
struct DotBitmap {
  int width = 0;   // dots
  int height = 0;  // dots
  std::vector<std::uint8_t> bytes;

  int stride() const { return (width + 7) / 8; }
  bool black(int x, int y) const { return (bytes[static_cast<std::size_t>(y * stride() + x / 8)] >> (7 - x % 8) & 1) != 0; }
};

}  // namespace typeset
