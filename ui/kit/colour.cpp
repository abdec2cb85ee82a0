#include "ui/kit/colour.h"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

double channel(std::uint32_t value) {
  const double share = value / 255.0;
  return share <= 0.03928 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
}

double luminance(Colour colour) {
  return 0.2126 * channel(colour.argb >> 16U & 255U) + 0.7152 * channel(colour.argb >> 8U & 255U) +
         0.0722 * channel(colour.argb & 255U);
}

}  // namespace

double contrast(Colour a, Colour b) {
  const auto [dark, light] = std::minmax({luminance(a), luminance(b)});
  return (light + 0.05) / (dark + 0.05);
}

}  // namespace ui
