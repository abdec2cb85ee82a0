// A signature as a line drawing: polylines on a grid of kSignatureWidth × kSignatureHeight, written as the path data of an
// SVG image ("M12 34l1 2 3-1M…"), so that the office can look at it with anything. Pure.
//
// At most kLongestSignature bytes: points that add nothing are left out, the finest first.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/secret.h"

namespace kiosk {

inline constexpr int kSignatureWidth = 300;
inline constexpr int kSignatureHeight = 120;
inline constexpr std::size_t kLongestSignature = 1000;  // bytes; a checked text may have 1024 (pattern_cost.h)
inline constexpr std::size_t kMostStrokes = 50;

struct InkPoint {
  int x = 0;
  int y = 0;
  friend bool operator==(const InkPoint&, const InkPoint&) = default;
};
using Stroke = std::vector<InkPoint>;

// Points outside the grid are brought to its edge. Empty when there is nothing to see.
base::Secret signature_path(const std::vector<Stroke>& strokes);
// The strokes of a path that signature_path() wrote; nothing for any other text.
std::optional<std::vector<Stroke>> read_signature(std::string_view path);

}  // namespace kiosk
