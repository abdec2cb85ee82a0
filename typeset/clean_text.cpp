#include "typeset/clean_text.h"

#include <glib.h>

namespace typeset {

std::string clean_text(std::string_view text) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  std::string clean;
  clean.reserve(text.size() * kReplacement.size());  // never grows: no copy of a name is left behind
  while (!text.empty()) {
    // NUL by hand: the validator takes it for the end of the text.
    const gunichar c = text[0] == 0 ? 0 : g_utf8_get_char_validated(text.data(), static_cast<gssize>(text.size()));
    std::size_t length = 1;
    if (c == static_cast<gunichar>(-1) || c == static_cast<gunichar>(-2)) {
      clean += kReplacement;
    } else {
      length = c == 0 ? 1 : static_cast<std::size_t>(g_unichar_to_utf8(c, nullptr));
      const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
      if (!control || c == '\n') clean += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  return clean;
}

}  // namespace typeset
