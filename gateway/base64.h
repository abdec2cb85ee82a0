// Base64, standard alphabet, with padding (RFC 4648 §4).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gateway {

std::string to_base64(std::string_view bytes);
// Nothing on white space, missing padding, another alphabet, or stray bits before the padding: one byte string
// has exactly one spelling.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace gateway
