#include "hal/id_card/utf16_text.h"

#include <array>

namespace hal {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr char32_t kHighSurrogate = 0xD800;
constexpr char32_t kLowSurrogate = 0xDC00;
constexpr char32_t kAfterSurrogates = 0xE000;
constexpr char32_t kLastCharacter = 0x10FFFF;

bool is_high(char32_t c) { return c >= kHighSurrogate && c < kLowSurrogate; }
bool is_low(char32_t c) { return c >= kLowSurrogate && c < kAfterSurrogates; }
char32_t unit_at(Bytes field, std::size_t index) { return static_cast<char32_t>(field[2 * index] | field[2 * index + 1] << 8U); }

std::size_t units_without_padding(Bytes field) {
  std::size_t count = field.size() / 2;
  while (count > 0 && (unit_at(field, count - 1) == U' ' || unit_at(field, count - 1) == 0)) --count;
  return count;
}

void append_utf8(base::Secret& text, char32_t c) {
  std::array<char, 4> bytes{};
  std::size_t size = 0;
  const auto put = [&](char32_t byte) { bytes.at(size++) = static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else {
    if (c < 0x800) {
      put(0xC0 | c >> 6U);
    } else {
      if (c < 0x10000) {
        put(0xE0 | c >> 12U);
      } else {
        put(0xF0 | c >> 18U);
        put(0x80 | (c >> 12U & 0x3FU));
      }
      put(0x80 | (c >> 6U & 0x3FU));
    }
    put(0x80 | (c & 0x3FU));
  }
  text.append({bytes.data(), size});
}

// Takes one character off the front of UTF-8 text; nothing when it is not well formed (RFC 3629).
std::optional<char32_t> take_character(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  const std::size_t size = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
  if (size == 0 || text.size() < size) return std::nullopt;
  char32_t c = size == 1 ? lead : lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return std::nullopt;
    c = c << 6U | (byte(i) & 0x3FU);
  }
  const bool overlong = (size == 3 && c < 0x800) || (size == 4 && c < 0x10000);
  if (overlong || is_high(c) || is_low(c) || c > kLastCharacter) return std::nullopt;
  text.remove_prefix(size);
  return c;
}

}  // namespace

std::optional<base::Secret> decode_utf16_field(Bytes field) {
  base::Secret text;
  const std::size_t count = units_without_padding(field);
  for (std::size_t i = 0; i < count; ++i) {
    char32_t c = unit_at(field, i);
    if (is_high(c) && i + 1 < count && is_low(unit_at(field, i + 1))) {
      c = 0x10000 + ((c - kHighSurrogate) << 10U) + (unit_at(field, ++i) - kLowSurrogate);
    } else if (is_high(c) || is_low(c) || c == 0xFFFE || c == 0xFFFF) {
      return std::nullopt;
    }
    append_utf8(text, c);
  }
  return text;
}

bool encode_utf16_field(std::string_view text, std::span<std::uint8_t> field) {
  std::size_t at = 0;
  const auto put = [&](char32_t unit) {
    if (at + 2 > field.size()) return false;
    field[at++] = static_cast<std::uint8_t>(unit & 0xFFU);
    field[at++] = static_cast<std::uint8_t>(unit >> 8U);
    return true;
  };
  while (!text.empty()) {
    const auto c = take_character(text);
    if (!c) return false;
    const char32_t rest = *c - 0x10000;
    const bool fits = *c < 0x10000 ? put(*c) : put(kHighSurrogate + (rest >> 10U)) && put(kLowSurrogate + (rest & 0x3FFU));
    if (!fits) return false;
  }
  while (at < field.size()) {
    if (!put(U' ')) return false;
  }
  return true;
}

}  // namespace hal
