#include "hal/frame_decoder/decoding_ladder.h"

#include <array>

#include "hal/frame_decoder/symbol_grid.h"

namespace hal {
namespace {

using Reading = base::Result<std::optional<Symbol>>;

constexpr int kReliefAround = 24;                 // pixels
constexpr std::size_t kMostGrids = 2;             // of a frame that are decoded
constexpr std::array kShares{0.0F, 0.1F, 0.18F};  // of sharpening

Reading decode(const SymbolGrid& grid) {
  for (const float share : kShares) {
    auto reading = read_symbol(drawing_of(sharpened(grid, share)).view(), SymbolPicture::drawing);
    if (!reading || *reading) return reading;
  }
  return std::optional<Symbol>();
}

Reading by_grid(GreyView frame) {
  const Relief relief = relief_of(frame, kReliefAround);
  const auto grids = find_symbol_grids(relief, find_finder_patterns(relief), kMostGrids);
  for (const SymbolGrid& grid : grids) {
    auto reading = decode(grid);
    if (!reading || *reading) return reading;
  }
  return std::optional<Symbol>();
}

Reading step(std::size_t which, GreyView frame) {
  switch (which) {
    case 0:
      return read_symbol(frame, SymbolPicture::photograph);
    case 1:
      return by_grid(frame);
    case 2:
      return read_symbol(halved(frame).view(), SymbolPicture::photograph);
    default:
      return by_grid(inverted(frame).view());
  }
}

}  // namespace

Reading DecodingLadder::look(GreyView frame) { return step(turn_++ % kLadderSteps, frame); }

Reading look_thoroughly(GreyView frame) {
  for (std::size_t which = 0; which < kLadderSteps; ++which) {
    auto reading = step(which, frame);
    if (!reading || *reading) return reading;
  }
  return std::optional<Symbol>();
}

}  // namespace hal
