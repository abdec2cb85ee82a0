#include "ui/screens/reach.h"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr double kLandscapeHeader = 0.7;  // of the portrait one: height is dear there

}  // namespace

Reach reach_of(const PictureSize& size, double width_mm, double mounting_mm) {
  if (mounting_mm <= 0 || size.width <= 0) return {};
  const double scale = size.width / width_mm;
  const double height_mm = size.height / scale;
  const double low = std::max(kLowestReach, mounting_mm);
  const double high = std::min(kHighestReach, mounting_mm + height_mm);
  const double least = size.width > size.height ? kLeastReachLandscape : kLeastReachPortrait;
  const auto row = [&](double above_floor) { return (mounting_mm + height_mm - above_floor) * scale; };
  // Rounded inwards, so that the limits hold to the millimetre.
  return {high - low >= least && width_mm >= kLeastReachWidth, static_cast<int>(std::ceil(row(high) - 1e-6)),
          static_cast<int>(std::floor(row(low) + 1e-6))};
}

Box low_sheet(const Kit& kit, const Reach& reach) {
  const int top = std::max(0, reach.top - header_height(kit));
  return {0, top, kit.canvas().w, reach.bottom - top};
}

int header_height(const Kit& kit) { return kit.px(kit.measures().header * (kit.landscape() ? kLandscapeHeader : 1.0)); }

}  // namespace ui
