#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ui {

inline constexpr int kSoundRate = 22050;                        // samples a second, one channel, 16 bit: what espeak-ng gives
inline constexpr std::size_t kLongestSound = kSoundRate * 120;  // samples: two minutes, one sentence or clip

using Sound = std::vector<std::int16_t>;

// A RIFF/WAVE file of that rate and shape. A data chunk that claims more than there is ends with the file, as a stream does.
// text_catalogue_broken with what is wrong otherwise.
base::Result<Sound> decode_wav(std::string_view bytes);

// Louder or softer; clipped, never wrapped.
void change_loudness(Sound& sound, double decibels);

// A click for a press, 12 ms; two rising tones for a page that calls somebody back, 0.4 s; and the three falling tones of
// "everything is cleared", 0.6 s.
Sound click_sound();
Sound attention_sound();
Sound cleared_sound();

}  // namespace ui
