#include "ui/speech/lexicon.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"

namespace ui {
namespace {

bool well_formed(std::string_view text) {
  while (!text.empty())
    if (!base::take_character(text)) return false;
  return true;
}

base::Error bad_line(int line, std::string_view expected) {
  return {base::Failure::text_catalogue_broken, fmt::format("lexicon, line {}: {}", line, expected)};
}

}  // namespace

base::Result<Lexicon> Lexicon::read(std::string_view file) {
  if (file.size() > kLargestLexicon) return bad_line(0, "the file is too large");
  Lexicon lexicon;
  int number = 0;
  while (!file.empty()) {
    ++number;
    const std::size_t end = std::min(file.find('\n'), file.size());
    const std::string_view line = file.substr(0, end);
    file.remove_prefix(std::min(end + 1, file.size()));
    if (line.empty() || line.front() == '#') continue;
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos || tab == 0 || tab + 1 == line.size())
      return bad_line(number, "a word, a tab and how it is said");
    const std::string_view word = line.substr(0, tab);
    const std::string_view said = line.substr(tab + 1);
    if (word.size() > kLongestWord || said.size() > kLongestWord) return bad_line(number, "a shorter word");
    if (!well_formed(line)) return bad_line(number, "UTF-8");
    if (!lexicon.words_.emplace(word, said).second) return bad_line(number, "a word that does not stand above already");
    lexicon.longest_ = std::max(lexicon.longest_, word.size());
  }
  return lexicon;
}

std::string Lexicon::applied_to(std::string_view text) const {
  std::string said;
  while (!text.empty()) {
    std::size_t length = std::min(longest_, text.size());
    auto found = words_.end();
    for (; length > 0; --length)
      if ((found = words_.find(text.substr(0, length))) != words_.end()) break;
    if (length > 0) {
      said += found->second;
      text.remove_prefix(length);
      continue;
    }
    std::string_view rest = text;
    if (!base::take_character(rest)) rest.remove_prefix(1);
    said += text.substr(0, text.size() - rest.size());
    text = rest;
  }
  return said;
}

}  // namespace ui
