// How a frame is looked at, one way after the other. A camera shows a code for many frames in turn, so each frame is given
// one step only, and an empty one costs one pass. All steps at once are for photographs and measurements. One thread.
//
// A code that no frame alone gives away is summed, module by module, over the frames it is seen in.
#pragma once

#include <cstddef>
#include <optional>

#include "base/result.h"
#include "hal/frame_decoder/grey_image.h"
#include "hal/frame_decoder/symbol_grid.h"
#include "hal/frame_decoder/symbol_reader.h"

namespace hal {

inline constexpr std::size_t kLadderSteps = 4;
inline constexpr std::size_t kLooksUntilForgotten = 12;  // without a sight of the code that is summed

class DecodingLadder {
 public:
  using Reading = base::Result<std::optional<Symbol>>;

  // The next step's look at this frame. Fails as read_symbol does.
  Reading look(GreyView frame);
  // Every step, until one finds something.
  Reading look_thoroughly(GreyView frame);

 private:
  Reading step(std::size_t which, GreyView frame);
  Reading by_grid(GreyView frame);
  // The sum with this frame's grid in it; nothing when it is the first of its code.
  std::optional<SymbolGrid> summed(const SymbolGrid& grid);

  std::size_t turn_ = 0;
  SymbolGrid sum_;
  std::size_t summed_at_ = 0;  // turn
};

}  // namespace hal
