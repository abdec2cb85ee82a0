// UTF-8 as RFC 3629 has it, and nothing more generous.
#pragma once

#include <optional>
#include <string_view>

namespace base {

// Takes one character off the front of `text`, which is not empty. Nothing when it is not well formed: cut short,
// overlong, a surrogate, or past U+10FFFF; `text` is then as it was.
std::optional<char32_t> take_character(std::string_view& text);

}  // namespace base
