// The frames that QR decoders are measured on: made here, the same for every decoder, the same at every run. Three grades
// of difficulty in turn; each draws version, size, angle, perspective, focus, motion, noise, contrast, uneven light, glare
// and moiré. Seed 1 may be looked at while a decoder is worked on; seed 2 is for checking only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bench {

inline constexpr int kFrameWidth = 1280;
inline constexpr int kFrameHeight = 720;
inline constexpr int kFramesWithCode = 300;  // a seed: 100 easy, 100 medium, 100 hard
inline constexpr int kEmptyFrames = 60;

struct CameraPicture {
  std::string payload;  // empty: there is no code
  std::vector<std::uint8_t> pixels;
};

// A frame with a code; `retake` is another picture of the same, a moment later: a little moved, other noise.
CameraPicture frame_with_code(std::uint64_t seed, int index, int retake = 0);
CameraPicture empty_frame(std::uint64_t seed, int index);

}  // namespace bench
