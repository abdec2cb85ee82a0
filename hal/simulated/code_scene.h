// What a camera sees of a code: the symbol on its paper, somewhere, at some angle, in some light, through some lens. Used
// by the simulated camera and by the benchmark of the decoders; the same scene and seed give the same bytes everywhere.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "typeset/bitmap.h"

namespace hal {

struct ScenePoint {
  double x = 0;
  double y = 0;
};

struct Glare {
  ScenePoint centre;    // pixels
  double radius = 0;    // pixels; where it has fallen to a third
  double strength = 0;  // grey levels added at the centre
};

struct CodeScene {
  int width = 1280;                     // pixels
  int height = 720;                     //
  std::array<ScenePoint, 4> corners{};  // of the symbol without quiet zone, clockwise from its own top left; pixels
  double background = 110;              // grey level around the paper
  double paper = 225;                   // grey levels
  double ink = 25;
  bool inverted = false;    // light modules on dark ground
  double light_slope = 0;   // share of the light that is lost from left to right
  double moire = 0;         // grey levels; of a screen's pixels against the camera's
  double moire_period = 4;  // pixels
  double focus_blur = 0.4;  // pixels, standard deviation
  double motion = 0;        // pixels moved while exposing
  double motion_angle = 0;  // radians
  double noise = 2;         // grey levels, standard deviation
  std::optional<Glare> glare = std::nullopt;
};

// The symbol upright around `centre`, its sides so long, then turned; radians, clockwise.
std::array<ScenePoint, 4> rectangle(ScenePoint centre, double width, double height, double angle);
std::array<ScenePoint, 4> square(ScenePoint centre, double side, double angle);

// Grey, width × height. No code: the empty scene.
std::vector<std::uint8_t> render_scene(const typeset::DotBitmap* code, const CodeScene& scene, std::uint64_t seed);

}  // namespace hal
