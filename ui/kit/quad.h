#pragma once

#include <cstdint>

#include "ui/kit/box.h"
#include "ui/kit/colour.h"
#include "ui/kit/image.h"

namespace ui {

// One step of a picture: an axis-aligned rectangle of one colour, or an image's coverage in that colour, pixel for
// pixel. Already clipped.
struct Quad {
  Box box;
  Colour colour;
  const Image* image = nullptr;  // null: fill. Alive until the frame is painted
  std::uint64_t serial = 0;      // the image's; what frames are compared by
  int u = 0;                     // where in the image the box begins
  int v = 0;

  friend bool operator==(const Quad& a, const Quad& b) {
    return a.box == b.box && a.colour == b.colour && a.serial == b.serial && a.u == b.u && a.v == b.v;
  }
};

}  // namespace ui
