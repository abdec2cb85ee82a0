#include "kiosk/photo.h"

#include <algorithm>
#include <cmath>

namespace kiosk {
namespace {

using hal::CameraFrame;

constexpr int kDarkest = 70;          // grey level that the brightest parts of a lit page reach
constexpr int kLeastContrast = 40;    // grey levels between print and paper
constexpr int kSaturated = 250;       // grey level
constexpr double kMostGlare = 0.02;   // share of the picture
constexpr int kMostMoved = 5;         // grey levels, mean of the coarse picture
constexpr int kCell = 24;             // pixels a side
constexpr double kPrintShare = 0.03;  // of the cells
constexpr double kSharp = 0.4;        // of a cell's contrast, within two pixels: a blur of about two

std::uint8_t grey_at(const CameraFrame& frame, int x, int y) {
  return static_cast<std::uint8_t>(
      frame.pixels.reveal()[static_cast<std::size_t>(y) * static_cast<std::size_t>(frame.width) + static_cast<std::size_t>(x)]);
}

struct Light {
  int low = 0, high = 0;  // grey levels that 2 % lie below, and above
  double saturated = 0;   // share
};

Light light_of(const CameraFrame& frame) {
  std::array<std::size_t, 256> counts{};
  for (const char c : frame.pixels.reveal()) ++counts.at(static_cast<unsigned char>(c));
  const std::size_t all = frame.pixels.size();
  const auto level = [&](std::size_t below) {
    std::size_t sum = 0;
    for (std::size_t i = 0; i < counts.size(); ++i)
      if (sum += counts.at(i); sum > below) return static_cast<int>(i);
    return 255;
  };
  std::size_t saturated = 0;
  for (std::size_t i = kSaturated; i < counts.size(); ++i) saturated += counts.at(i);
  return {level(all / 50), level(all - all / 50), static_cast<double>(saturated) / static_cast<double>(all)};
}

// How steep a cell's edges are, of its contrast, in the direction in which they are less so: what was moved is sharp in the
// other. Nothing where there is no print on paper.
std::optional<double> edge_in_cell(const CameraFrame& frame, int left, int top, const Light& light) {
  int low = 255, high = 0, across = 0, down = 0;
  for (int y = top; y < top + kCell; ++y)
    for (int x = left; x < left + kCell; ++x) {
      const int here = grey_at(frame, x, y);
      low = std::min(low, here);
      high = std::max(high, here);
      if (x + 2 < left + kCell) across = std::max(across, std::abs(grey_at(frame, x + 2, y) - here));
      if (y + 2 < top + kCell) down = std::max(down, std::abs(grey_at(frame, x, y + 2) - here));
    }
  const int range = light.high - light.low;
  if (high < light.high - range * 2 / 5 || high - low < range / 3) return std::nullopt;
  return static_cast<double>(std::min(across, down)) / (high - low);
}

bool has_sharp_print(const CameraFrame& frame, const Light& light) {
  std::vector<double> edges;
  std::size_t cells = 0;
  for (int top = 0; top + kCell <= frame.height; top += kCell)
    for (int left = 0; left + kCell <= frame.width; left += kCell) {
      ++cells;
      if (const auto edge = edge_in_cell(frame, left, top, light)) edges.push_back(*edge);
    }
  if (static_cast<double>(edges.size()) < kPrintShare * static_cast<double>(cells) || edges.empty()) return false;
  const auto middle = edges.begin() + static_cast<std::ptrdiff_t>(edges.size() / 2);
  std::nth_element(edges.begin(), middle, edges.end());
  return *middle >= kSharp;
}

}  // namespace

PhotoEye::~PhotoEye() {
  if (before_) base::wipe(before_->data(), before_->size());
}

PhotoView PhotoEye::look(const CameraFrame& frame) {
  if (!is_whole(frame) || frame.width < kAcross || frame.height < kDown) return PhotoView::unknown;
  const CameraFrame small = smaller(frame, kAcross * 4);
  Coarse now{};
  for (int y = 0; y < kDown; ++y)
    for (int x = 0; x < kAcross; ++x)
      now.at(static_cast<std::size_t>(y * kAcross + x)) = grey_at(small, x * small.width / kAcross, y * small.height / kDown);
  int moved = 0;
  if (before_)
    for (std::size_t i = 0; i < now.size(); ++i) moved += std::abs(now.at(i) - before_->at(i));
  before_ = now;
  const Light light = light_of(frame);
  if (light.high < kDarkest) return PhotoView::dark;
  if (light.high - light.low < kLeastContrast) return PhotoView::nothing;
  if (light.saturated > kMostGlare) return PhotoView::glare;
  if (moved > kMostMoved * kAcross * kDown) return PhotoView::moved;
  return has_sharp_print(frame, light) ? PhotoView::good : PhotoView::unclear;
}

bool is_whole(const CameraFrame& frame) {
  return frame.width > 0 && frame.height > 0 &&
         frame.pixels.size() == static_cast<std::size_t>(frame.width) * static_cast<std::size_t>(frame.height);
}

Photograph Photograph::clone() const { return {jpeg.clone(), {shown.width, shown.height, shown.pixels.clone()}, number}; }

CameraFrame smaller(const CameraFrame& frame, int most_side) {
  const int longest = std::max(frame.width, frame.height);
  if (longest <= most_side) return {frame.width, frame.height, frame.pixels.clone()};
  const int width = std::max(1, frame.width * most_side / longest);
  const int height = std::max(1, frame.height * most_side / longest);
  std::vector<char> pixels;
  pixels.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const int left = x * frame.width / width, right = std::max(left + 1, (x + 1) * frame.width / width);
      const int top = y * frame.height / height, bottom = std::max(top + 1, (y + 1) * frame.height / height);
      int sum = 0;
      for (int v = top; v < bottom; ++v)
        for (int u = left; u < right; ++u) sum += grey_at(frame, u, v);
      pixels.push_back(static_cast<char>(sum / ((right - left) * (bottom - top))));
    }
  CameraFrame made{width, height, base::Secret({pixels.data(), pixels.size()})};
  base::wipe(pixels.data(), pixels.size());
  return made;
}

}  // namespace kiosk
