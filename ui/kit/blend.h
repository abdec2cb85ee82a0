// The inner loops of the painter: one row of pixels at a time, integer arithmetic only.
#pragma once

#include <cstdint>

#include "ui/kit/colour.h"
#include "ui/kit/surface.h"

namespace ui {

// `count` pixels from `row` on in `colour`, mixed by its alpha.
void fill_row(Pixel* row, int count, Colour colour);
// The same, mixed by coverage (0 keeps, 255 replaces) times alpha.
void cover_row(Pixel* row, const std::uint8_t* coverage, int count, Colour colour);

}  // namespace ui
