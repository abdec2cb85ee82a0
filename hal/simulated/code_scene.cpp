#include "hal/simulated/code_scene.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "hal/frame_decoder/perspective.h"

namespace hal {
namespace {

constexpr int kQuietZone = 4;  // modules of paper around the symbol
constexpr int kSamples = 3;    // a side, in each pixel

// Small, and the same everywhere: the distributions of <random> are not.
class Noise {
 public:
  explicit Noise(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15U + 1) {}

  // Nearly normal, with a standard deviation of one: eight bytes summed.
  float normal() {
    state_ ^= state_ << 13U;
    state_ ^= state_ >> 7U;
    state_ ^= state_ << 17U;
    std::uint64_t pairs = (state_ & 0x00FF00FF00FF00FFU) + ((state_ >> 8U) & 0x00FF00FF00FF00FFU);
    pairs = (pairs & 0x0000FFFF0000FFFFU) + ((pairs >> 16U) & 0x0000FFFF0000FFFFU);
    const auto sum = static_cast<float>((pairs & 0xFFFFFFFFU) + (pairs >> 32U));
    constexpr float kMean = 8 * 127.5F;
    constexpr float kDeviation = 209.0F;  // of eight even bytes: 73.9 × √8
    return (sum - kMean) / kDeviation;
  }

 private:
  std::uint64_t state_;
};

class Picture {
 public:
  explicit Picture(const CodeScene& scene)
      : scene_(scene),
        width_(static_cast<std::size_t>(scene.width)),
        pixels_(width_ * static_cast<std::size_t>(scene.height), static_cast<float>(scene.background)) {}

  void draw(const typeset::DotBitmap& code);
  void light();
  void blur_focus();
  void blur_motion();
  std::vector<std::uint8_t> expose(std::uint64_t seed) const;

 private:
  float level(const typeset::DotBitmap& code, Perspective::Point module) const;
  float at(int x, int y) const {
    const auto column = static_cast<std::size_t>(std::clamp(x, 0, scene_.width - 1));
    return pixels_[static_cast<std::size_t>(std::clamp(y, 0, scene_.height - 1)) * width_ + column];
  }
  template <class Pixel>
  std::vector<float> each(Pixel pixel) const {
    std::vector<float> result(pixels_.size());
    for (int y = 0; y < scene_.height; ++y)
      for (int x = 0; x < scene_.width; ++x)
        result[static_cast<std::size_t>(y) * width_ + static_cast<std::size_t>(x)] = pixel(x, y);
    return result;
  }

  const CodeScene& scene_;
  std::size_t width_;
  std::vector<float> pixels_;
};

float Picture::level(const typeset::DotBitmap& code, Perspective::Point module) const {
  const int x = static_cast<int>(std::floor(module.x));
  const int y = static_cast<int>(std::floor(module.y));
  if (x < -kQuietZone || y < -kQuietZone || x >= code.width + kQuietZone || y >= code.height + kQuietZone)
    return static_cast<float>(scene_.background);
  const bool inside = x >= 0 && y >= 0 && x < code.width && y < code.height;
  const bool dark = (inside && code.black(x, y)) != scene_.inverted;
  return static_cast<float>(dark ? scene_.ink : scene_.paper);
}

void Picture::draw(const typeset::DotBitmap& code) {
  const double right = code.width, bottom = code.height;
  const std::array<Perspective::Point, 4> symbol{{{0, 0}, {right, 0}, {right, bottom}, {0, bottom}}};
  std::array<Perspective::Point, 4> corners;
  for (std::size_t i = 0; i < 4; ++i) corners.at(i) = {scene_.corners.at(i).x, scene_.corners.at(i).y};
  const auto to_symbol = perspective(corners, symbol);
  if (!to_symbol) return;
  pixels_ = each([&](int x, int y) {
    float sum = 0;
    for (int i = 0; i < kSamples * kSamples; ++i)
      sum += level(code, (*to_symbol)(x + (i % kSamples + 0.5) / kSamples, y + (i / kSamples + 0.5) / kSamples));
    return sum / (kSamples * kSamples);
  });
}

void Picture::light() {
  pixels_ = each([&](int x, int y) {
    double value = at(x, y) * (1.0 - scene_.light_slope * x / scene_.width);
    if (scene_.moire > 0) {
      const double phase = 2 * std::numbers::pi / scene_.moire_period;
      value += scene_.moire * 0.5 * (std::sin(phase * (x + 0.1 * y)) + std::sin(phase * (y - 0.1 * x)));
    }
    if (scene_.glare) {
      const double distance = std::hypot(x - scene_.glare->centre.x, y - scene_.glare->centre.y) / scene_.glare->radius;
      value += scene_.glare->strength * std::exp(-distance * distance);
    }
    return static_cast<float>(value);
  });
}

void Picture::blur_focus() {
  const int reach = static_cast<int>(std::ceil(3 * scene_.focus_blur));
  if (reach == 0) return;
  std::vector<float> weights;
  float sum = 0;
  for (int i = -reach; i <= reach; ++i) {
    weights.push_back(static_cast<float>(std::exp(-0.5 * i * i / (scene_.focus_blur * scene_.focus_blur))));
    sum += weights.back();
  }
  const auto along = [&](int x, int y, int dx, int dy) {
    float value = 0;
    for (int i = -reach; i <= reach; ++i) value += weights[static_cast<std::size_t>(i + reach)] * at(x + i * dx, y + i * dy);
    return value / sum;
  };
  pixels_ = each([&](int x, int y) { return along(x, y, 1, 0); });
  pixels_ = each([&](int x, int y) { return along(x, y, 0, 1); });
}

void Picture::blur_motion() {
  const int steps = static_cast<int>(std::ceil(scene_.motion * 2));
  if (steps < 2) return;
  const double dx = scene_.motion * std::cos(scene_.motion_angle);
  const double dy = scene_.motion * std::sin(scene_.motion_angle);
  pixels_ = each([&](int x, int y) {
    float sum = 0;
    for (int i = 0; i < steps; ++i) {
      const double part = (i + 0.5) / steps - 0.5;
      const double px = x + part * dx, py = y + part * dy;
      const int left = static_cast<int>(std::floor(px)), top = static_cast<int>(std::floor(py));
      const auto right = static_cast<float>(px - left), down = static_cast<float>(py - top);
      sum += (at(left, top) * (1 - right) + at(left + 1, top) * right) * (1 - down) +
             (at(left, top + 1) * (1 - right) + at(left + 1, top + 1) * right) * down;
    }
    return sum / static_cast<float>(steps);
  });
}

std::vector<std::uint8_t> Picture::expose(std::uint64_t seed) const {
  Noise noise(seed);
  const auto deviation = static_cast<float>(scene_.noise);
  std::vector<std::uint8_t> result(pixels_.size());
  for (std::size_t i = 0; i < pixels_.size(); ++i)
    result[i] = static_cast<std::uint8_t>(std::clamp(pixels_[i] + deviation * noise.normal() + 0.5F, 0.0F, 255.0F));
  return result;
}

}  // namespace

std::array<ScenePoint, 4> square(ScenePoint centre, double side, double angle) { return rectangle(centre, side, side, angle); }

std::array<ScenePoint, 4> rectangle(ScenePoint centre, double width, double height, double angle) {
  const double x = width / 2, y = height / 2;
  std::array<ScenePoint, 4> corners{{{-x, -y}, {x, -y}, {x, y}, {-x, y}}};
  for (auto& corner : corners)
    corner = {centre.x + corner.x * std::cos(angle) - corner.y * std::sin(angle),
              centre.y + corner.x * std::sin(angle) + corner.y * std::cos(angle)};
  return corners;
}

std::vector<std::uint8_t> render_scene(const typeset::DotBitmap* code, const CodeScene& scene, std::uint64_t seed) {
  Picture picture(scene);
  if (code != nullptr) picture.draw(*code);
  picture.light();
  picture.blur_focus();
  picture.blur_motion();
  return picture.expose(seed);
}

}  // namespace hal
