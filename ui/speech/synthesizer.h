// Text → sound, by espeak-ng as a child process: a GPL program outside ours, whose crash or hang costs one sentence. The text
// goes through its standard input, never onto a command line that others can see.
#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "ui/speech/lexicon.h"
#include "ui/speech/sound.h"

namespace ui {

// Which voice reads a language, and how fast at 100 %: 180 hanzi a minute, 120 to 125 English words (VVSG 7.1-K).
struct VoiceOfLanguage {
  std::string_view tag;    // BCP 47
  std::string_view voice;  // of espeak-ng
  int words_per_minute;    // its -s
};
// Nothing for languages no voice reads (Tibetan, Mongolian).
std::optional<VoiceOfLanguage> voice_for(std::string_view language_tag);

// What espeak-ng is given: spoken_text(), then the lexicon where the language has one.
std::string text_for_voice(std::string_view text, std::string_view language_tag, const Lexicon& chinese);

inline constexpr std::chrono::seconds kSynthesisPatience{8};

class Synthesizer {
 public:
  explicit Synthesizer(std::string program = "/usr/bin/espeak-ng") : program_(std::move(program)) {}

  // asset_missing when the program is not there; internal when it crashed, hung, was stopped or gave no sound.
  base::Result<Sound> speak(const std::string& text, const VoiceOfLanguage& voice, int percent,
                            const std::stop_token& stop) const;

 private:
  std::string program_;
};

}  // namespace ui
