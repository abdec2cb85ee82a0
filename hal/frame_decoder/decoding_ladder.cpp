#include "hal/frame_decoder/decoding_ladder.h"

#include <array>
#include <cmath>
#include <utility>

namespace hal {
namespace {

using Reading = DecodingLadder::Reading;

constexpr int kReliefAround = 24;      // pixels
constexpr std::size_t kMostGrids = 2;  // of a frame that are decoded
constexpr float kSameCode = 0.5F;      // correlation of two sights of one code; two codes have about 0.3 in common, what is known
constexpr std::array kShares{0.0F, 0.1F, 0.18F};  // of sharpening

Reading decode(const SymbolGrid& grid) {
  for (const float share : kShares) {
    auto reading = read_symbol(drawing_of(sharpened(grid, share)).view(), SymbolPicture::drawing);
    if (!reading || *reading) return reading;
  }
  return std::optional<Symbol>();
}

// Of unit length, so that a dark frame counts as much as a bright one.
SymbolGrid normalised(SymbolGrid grid) {
  float squares = 0;
  for (const float level : grid.levels) squares += level * level;
  const float length = std::sqrt(squares);
  if (length > 0)
    for (float& level : grid.levels) level /= length;
  return grid;
}

float likeness(const SymbolGrid& a, const SymbolGrid& b) {
  float product = 0, squares = 0;
  for (std::size_t i = 0; i < a.levels.size(); ++i) {
    product += a.levels[i] * b.levels[i];
    squares += a.levels[i] * a.levels[i];
  }
  return squares > 0 ? product / std::sqrt(squares) : 0;  // `b` is of unit length
}

}  // namespace

Reading DecodingLadder::look(GreyView frame) {
  if (turn_ - summed_at_ > kLooksUntilForgotten) sum_ = {};
  return step(turn_++ % kLadderSteps, frame);
}

Reading DecodingLadder::look_thoroughly(GreyView frame) {
  for (std::size_t which = 0; which < kLadderSteps; ++which) {
    auto reading = step(which, frame);
    if (!reading || *reading) return reading;
  }
  return std::optional<Symbol>();
}

Reading DecodingLadder::step(std::size_t which, GreyView frame) {
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

Reading DecodingLadder::by_grid(GreyView frame) {
  const Relief relief = relief_of(frame, kReliefAround);
  const auto grids = find_symbol_grids(relief, find_finder_patterns(relief), kMostGrids);
  for (const SymbolGrid& grid : grids) {
    auto reading = decode(grid);
    if (!reading || *reading) return reading;
  }
  if (grids.empty()) return std::optional<Symbol>();
  const auto sum = summed(grids.front());
  return sum ? decode(*sum) : std::optional<Symbol>();
}

std::optional<SymbolGrid> DecodingLadder::summed(const SymbolGrid& grid) {
  const SymbolGrid sight = normalised(grid);
  summed_at_ = turn_;
  if (sum_.size != sight.size || likeness(sum_, sight) < kSameCode) {
    sum_ = sight;
    return std::nullopt;
  }
  for (std::size_t i = 0; i < sum_.levels.size(); ++i) sum_.levels[i] += sight.levels[i];
  return sum_;
}

}  // namespace hal
