// Chinese characters written with the finger, by Zinnia (docs/decisions/text-input.md). The model of Debian's
// tegaki-zinnia-simplified-chinese has the 6763 characters of GB 2312: no letters, no digits, and not the rarer characters of
// names, which is why a name the card gives is never written.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "base/secret.h"
#include "kiosk/signature.h"

namespace ui {

inline constexpr std::size_t kWrittenCandidates = 8;

class Handwriting {
 public:
  // Null when the model is not there or is none. Takes 13 ms and 30 MB.
  static std::unique_ptr<Handwriting> open(const std::filesystem::path& model);
  virtual ~Handwriting() = default;

  // At most kWrittenCandidates, the likeliest first. The strokes lie on a pad of `width` × `height`. One pass takes 2.5 to 6 ms
  // (facts: accessibility §2.5); there are at most kMostPasses, for the orders of stroke_orders.h.
  virtual std::vector<base::Secret> recognise(const std::vector<kiosk::Stroke>& strokes, int width, int height) const = 0;
};

inline constexpr std::size_t kMostPasses = 12;

}  // namespace ui
