// A QR code as its modules' grey levels: where it lies in the picture is fitted to all that is known of a symbol before it
// is read (finder patterns, timing, alignment), so that blur and tilt that break a search for edges do not matter.
#pragma once

#include <vector>

#include "hal/frame_decoder/finder_patterns.h"
#include "hal/frame_decoder/grey_image.h"
#include "hal/frame_decoder/relief.h"

namespace hal {

struct SymbolGrid {
  int size = 0;               // modules a side: 21 to 177
  std::vector<float> levels;  // size × size; below 0 dark, above 0 light
  double fit = 0;             // of the known modules, −1 to 1; 1 is perfect

  float at(int x, int y) const {
    return levels[static_cast<std::size_t>(y) * static_cast<std::size_t>(size) + static_cast<std::size_t>(x)];
  }
};

// The grid of a symbol whose finder patterns are three of these; those that fit best first, at most `most`.
std::vector<SymbolGrid> find_symbol_grids(const Relief& relief, const std::vector<FinderPattern>& patterns, std::size_t most);

// Undoes the blur that modules have from their neighbours: `share` is how much of each comes from one of them, 0 to 0.2.
SymbolGrid sharpened(const SymbolGrid& grid, float share);

// As read_symbol's `drawing`: quiet zone included, every module a square.
GreyImage drawing_of(const SymbolGrid& grid);

}  // namespace hal
