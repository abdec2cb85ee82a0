// Words from their sound, by Google's pinyin decoder (docs/decisions/text-input.md). Tones are never asked for, an
// unfinished syllable counts, ü is v. It learns nothing: its user dictionary is /dev/null and nothing is ever chosen in it.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "base/secret.h"

namespace ui {

// A proposal for the letters so far, and how many of them it uses up.
struct Candidate {
  base::Secret text;
  std::size_t used = 0;
};

inline constexpr std::size_t kMostCandidates = 48;

// The library keeps one decoder for the process, so there is one of these at a time; its own thread's.
class Pinyin {
 public:
  // Null when the dictionary is not there or is none, or there is one already. Takes 1 ms and 4 MB.
  static std::unique_ptr<Pinyin> open(const std::filesystem::path& dictionary);
  ~Pinyin();
  Pinyin(const Pinyin&) = delete;
  Pinyin& operator=(const Pinyin&) = delete;

  // Letters a to z. At most kMostCandidates: the whole phrase, shorter words, single characters.
  std::vector<Candidate> search(std::string_view letters) const;

 private:
  Pinyin() = default;
};

}  // namespace ui
