#pragma once

#include <string>
#include <vector>

#include "ui/kit/semantic_tree.h"

namespace ui {

// The least that is spoken and captioned as one.
struct Sentence {
  std::string text;      // as a caption shows it; how it is pronounced is the speaker's business
  std::string language;  // BCP 47
  Privacy privacy = Privacy::open;

  friend bool operator==(const Sentence&, const Sentence&) = default;
};

enum class Channel : std::uint8_t { loudspeaker, headset };

inline constexpr std::size_t kLongestCaption = 120;  // bytes: forty hanzi. A longer sentence is parted at a comma

// `text` parted into sentences, at full stops and line ends; at commas only what is longer than kLongestCaption.
std::vector<Sentence> sentences_of(std::string_view text, std::string_view language, Privacy privacy);

// Overwrites and empties them.
void wipe(std::vector<Sentence>& sentences);

}  // namespace ui
