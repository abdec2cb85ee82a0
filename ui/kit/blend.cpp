#include "ui/kit/blend.h"

#include <algorithm>

namespace ui {
namespace {

constexpr std::uint32_t kRedBlue = 0x00FF00FFU;
constexpr std::uint32_t kGreen = 0x0000FF00U;

// `share` of 256: 0 keeps `under`, 256 replaces it. Two channels at once; nothing overflows 32 bits.
inline Pixel mix(Pixel under, std::uint32_t red_blue, std::uint32_t green, std::uint32_t share) {
  const std::uint32_t rest = 256U - share;
  const std::uint32_t rb = ((under & kRedBlue) * rest + red_blue * share) >> 8U & kRedBlue;
  const std::uint32_t g = ((under & kGreen) * rest + green * share) >> 8U & kGreen;
  return rb | g;
}

// 0..255 → 0..256, so that full coverage replaces exactly.
inline std::uint32_t share_of(std::uint32_t coverage) { return coverage + (coverage >> 7U); }

}  // namespace

void fill_row(Pixel* row, int count, Colour colour) {
  if (colour.alpha() == 255U) {
    std::fill_n(row, count, colour.rgb());
    return;
  }
  const std::uint32_t share = share_of(colour.alpha());
  for (int i = 0; i < count; ++i) row[i] = mix(row[i], colour.rgb() & kRedBlue, colour.rgb() & kGreen, share);
}

void cover_row(Pixel* row, const std::uint8_t* coverage, int count, Colour colour) {
  const std::uint32_t red_blue = colour.rgb() & kRedBlue;
  const std::uint32_t green = colour.rgb() & kGreen;
  const std::uint32_t alpha = share_of(colour.alpha());
  for (int i = 0; i < count; ++i) row[i] = mix(row[i], red_blue, green, share_of(coverage[i]) * alpha >> 8U);
}

}  // namespace ui
