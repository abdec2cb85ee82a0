#pragma once

#include <string>
#include <string_view>

namespace typeset {

// Valid UTF-8 in every case: a byte that is no part of a character becomes U+FFFD; control characters other than
// line feed are left out.
std::string clean_text(std::string_view text);

}  // namespace typeset
