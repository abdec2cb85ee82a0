// Text fields of chip cards: GB 18030, Big5 or UTF-8, padded. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "base/secret.h"

namespace hal {

enum class CardCharset : std::uint8_t { gb18030, big5, utf8 };  // GB 18030 holds GBK and GB 2312

// UTF-8 of a field without its padding: trailing 00, FF and spaces go. Nothing when the bytes are not text of this
// charset, or hold control characters.
std::optional<base::Secret> decode_card_text(std::span<const std::uint8_t> field, CardCharset charset);

// "19410308" of the BCD bytes 19 41 03 08. Nothing when a half byte is no digit.
std::optional<std::string> decode_bcd(std::span<const std::uint8_t> field);

// The other way round, for simulated cards; nothing when the text cannot be written so.
std::optional<std::string> encode_card_text(std::string_view text, CardCharset charset);

}  // namespace hal
