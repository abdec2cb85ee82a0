// How a frame is looked at, one way after the other. A camera shows a code for many frames in turn, so each frame is given
// one step only, and an empty one costs one pass. All steps at once are for photographs and measurements. One thread.
#pragma once

#include <cstddef>
#include <optional>

#include "base/result.h"
#include "hal/frame_decoder/grey_image.h"
#include "hal/frame_decoder/symbol_reader.h"

namespace hal {

inline constexpr std::size_t kLadderSteps = 4;

class DecodingLadder {
 public:
  // The next step's look at this frame. Fails as read_symbol does.
  base::Result<std::optional<Symbol>> look(GreyView frame);

 private:
  std::size_t turn_ = 0;  // all that is kept of the frames before
};

// Every step, until one finds something.
base::Result<std::optional<Symbol>> look_thoroughly(GreyView frame);

}  // namespace hal
