#include "tests/bench/camera_frames.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "hal/simulated/code_scene.h"
#include "typeset/qr.h"

namespace bench {
namespace {

struct Range {
  double low, high;
};

// What a grade draws from. Blur and motion are in modules: that is what decides.
struct Grade {
  Range module;  // pixels
  Range blur;
  Range motion;
  Range noise;     // grey levels
  Range contrast;  // share of the full range
  Range slope;     // of the light
  double tilt;     // most that a corner is moved, as a share of the side
  double glare;    // chance
  double moire;    // chance
};
constexpr std::array<Grade, 3> kGrades{{
    {{5.0, 8.0}, {0.08, 0.25}, {0.0, 0.2}, {2, 6}, {0.6, 1.0}, {0.0, 0.3}, 0.05, 0.0, 0.0},
    {{4.0, 7.0}, {0.15, 0.38}, {0.0, 0.7}, {3, 10}, {0.4, 0.9}, {0.0, 0.6}, 0.10, 0.3, 0.3},
    {{3.0, 5.5}, {0.20, 0.50}, {0.0, 1.0}, {4, 14}, {0.25, 0.7}, {0.0, 0.7}, 0.14, 0.4, 0.4},
}};
constexpr std::array<std::size_t, 9> kPayloadBytes{20, 38, 58, 80, 100, 118, 148, 176, 208};  // versions 2 to 10, level M

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {
    for (int i = 0; i < 8; ++i) bits();
  }
  std::uint64_t bits() {  // splitmix64
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }
  double in(Range range) { return range.low + (range.high - range.low) * static_cast<double>(bits() >> 11U) * 0x1p-53; }
  std::size_t below(std::size_t bound) { return bits() % bound; }
  bool chance(double share) { return in({0, 1}) < share; }

 private:
  std::uint64_t state_;
};

std::string payload_of(Dice& dice) {
  constexpr std::string_view kSymbols = "ABCDEFGHJKMNPQRSTVWXYZabcdefghijkmnpqrstvwxyz0123456789-._~";
  const std::size_t size = kPayloadBytes.at(dice.below(kPayloadBytes.size()));
  std::string payload = dice.chance(0.2) ? "虚构省" : "";
  while (payload.size() < size) payload += kSymbols.at(dice.below(kSymbols.size()));
  return payload;
}

void place(hal::CodeScene& scene, const Grade& grade, double side, Dice& dice) {
  const double reach = side * 0.75;  // of a corner from the centre, whatever the angle, with its quiet zone
  const Range across{std::min(reach, kFrameWidth / 2.0), std::max(kFrameWidth - reach, kFrameWidth / 2.0)};
  const Range down{std::min(reach, kFrameHeight / 2.0), std::max(kFrameHeight - reach, kFrameHeight / 2.0)};
  const hal::ScenePoint centre{dice.in(across), dice.in(down)};
  scene.corners = hal::square(centre, side, dice.in({0, 2 * std::numbers::pi}));
  for (auto& corner : scene.corners) {
    corner.x += side * grade.tilt * dice.in({-1, 1});
    corner.y += side * grade.tilt * dice.in({-1, 1});
  }
  if (dice.chance(grade.glare))
    scene.glare = hal::Glare{{centre.x + side * dice.in({-0.5, 0.5}), centre.y + side * dice.in({-0.5, 0.5})},
                             side * dice.in({0.15, 0.35}),
                             dice.in({60, 200})};
}

void light(hal::CodeScene& scene, const Grade& grade, double module, Dice& dice) {
  const double contrast = dice.in(grade.contrast);
  scene.ink = dice.in({15, 60});
  scene.paper = scene.ink + 190 * contrast;
  scene.background = dice.in({20, 220});
  scene.light_slope = dice.in(grade.slope);
  scene.focus_blur = module * dice.in(grade.blur);
  scene.motion = module * dice.in(grade.motion);
  scene.motion_angle = dice.in({0, std::numbers::pi});
  scene.noise = dice.in(grade.noise);
  if (dice.chance(grade.moire)) {
    scene.moire = dice.in({6, 25}) * contrast;
    scene.moire_period = dice.in({2.5, 8});
  }
}

}  // namespace

CameraPicture frame_with_code(std::uint64_t seed, int index, int retake) {
  Dice dice(seed * 1'000'003 + static_cast<std::uint64_t>(index));
  const Grade& grade = kGrades.at(static_cast<std::size_t>(index) % kGrades.size());
  CameraPicture picture{payload_of(dice), {}};
  const auto code = typeset::qr_code(picture.payload);
  if (!code) return {};
  const double module = std::min(dice.in(grade.module), kFrameHeight * 0.7 / code->width);
  hal::CodeScene scene;
  place(scene, grade, module * code->width, dice);
  light(scene, grade, module, dice);
  Dice hand(seed * 7'919 + static_cast<std::uint64_t>(index * 64 + retake));
  const hal::ScenePoint shift{hand.in({-2, 2}) * (retake > 0), hand.in({-2, 2}) * (retake > 0)};
  for (auto& corner : scene.corners) corner = {corner.x + shift.x, corner.y + shift.y};
  picture.pixels = hal::render_scene(&*code, scene, hand.bits());
  return picture;
}

CameraPicture empty_frame(std::uint64_t seed, int index) {
  Dice dice(seed * 2'000'003 + static_cast<std::uint64_t>(index));
  const Grade& grade = kGrades.at(static_cast<std::size_t>(index) % kGrades.size());
  hal::CodeScene scene;
  place(scene, grade, dice.in({100, 400}), dice);
  light(scene, grade, dice.in(grade.module), dice);
  // A checked cloth: edges to look at, and no code.
  const int side = 8 + static_cast<int>(dice.below(24));
  typeset::DotBitmap cloth{side, side, std::vector<std::uint8_t>(static_cast<std::size_t>((side + 7) / 8 * side))};
  for (auto& byte : cloth.bytes) byte = static_cast<std::uint8_t>(dice.bits());
  return {{}, hal::render_scene(dice.chance(0.5) ? &cloth : nullptr, scene, dice.bits())};
}

}  // namespace bench
