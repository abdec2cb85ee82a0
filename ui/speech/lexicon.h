// How words are pronounced where the voice would guess wrong: polyphones (银行, 重庆, 长者) above all. A file of lines
// "word TAB pronunciation"; # begins a comment. The longest word that fits wins; a whole sentence may stand as a word.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ui {

inline constexpr std::size_t kLargestLexicon = 1U << 20U;  // bytes
inline constexpr std::size_t kLongestWord = 300;           // bytes, of a word and of its pronunciation

class Lexicon {
 public:
  Lexicon() = default;
  // text_catalogue_broken with "line N: what is expected".
  static base::Result<Lexicon> read(std::string_view file);

  // `text` with every known word replaced by its pronunciation.
  std::string applied_to(std::string_view text) const;
  std::size_t size() const { return words_.size(); }

 private:
  std::map<std::string, std::string, std::less<>> words_;
  std::size_t longest_ = 0;  // bytes
};

}  // namespace ui
