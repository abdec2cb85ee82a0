#pragma once

#include <cstdint>

namespace ui {

// 0xAARRGGBB, not premultiplied.
struct Colour {
  std::uint32_t argb = 0xFF000000U;
  constexpr std::uint32_t alpha() const { return argb >> 24U; }
  constexpr std::uint32_t rgb() const { return argb & 0x00FFFFFFU; }
  friend constexpr bool operator==(Colour, Colour) = default;
};

constexpr Colour opaque(std::uint32_t rgb) { return {0xFF000000U | rgb}; }

// WCAG 2 contrast ratio, 1 to 21.
double contrast(Colour a, Colour b);

}  // namespace ui
