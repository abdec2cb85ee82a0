// Text as identity cards hold it: UTF-16, little-endian, padded with spaces. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/secret.h"

namespace hal {

// UTF-8 of a field without its padding: trailing U+0020 and U+0000 go, nothing else does (an ideographic space or two
// spaces inside a foreign name are part of the text). Private-use characters stay: a rare name may need them.
// Nothing when the field holds an unpaired surrogate, U+FFFE or U+FFFF.
std::optional<base::Secret> decode_utf16_field(std::span<const std::uint8_t> field);

// The other way round: fills all of `field`. False when the text is not UTF-8 or does not fit.
bool encode_utf16_field(std::string_view text, std::span<std::uint8_t> field);

}  // namespace hal
