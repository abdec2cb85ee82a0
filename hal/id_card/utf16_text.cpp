#include "hal/id_card/utf16_text.h"

#include <array>

#include "base/utf8.h"

namespace hal {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr char32_t kHighSurrogate = 0xD800;
constexpr char32_t kLowSurrogate = 0xDC00;
constexpr char32_t kAfterSurrogates = 0xE000;

bool is_high(char32_t c) { return c >= kHighSurrogate && c < kLowSurrogate; }
bool is_low(char32_t c) { return c >= kLowSurrogate && c < kAfterSurrogates; }
char32_t utf16_unit(Bytes field, std::size_t index) {
  return static_cast<char32_t>(field[2 * index] | field[2 * index + 1] << 8U);
}

std::size_t units_without_padding(Bytes field) {
  std::size_t count = field.size() / 2;
  while (count > 0 && (utf16_unit(field, count - 1) == U' ' || utf16_unit(field, count - 1) == 0)) --count;
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

}  // namespace

std::optional<base::Secret> decode_utf16_field(Bytes field) {
  base::Secret text;
  const std::size_t count = units_without_padding(field);
  for (std::size_t i = 0; i < count; ++i) {
    char32_t c = utf16_unit(field, i);
    if (is_high(c) && i + 1 < count && is_low(utf16_unit(field, i + 1))) {
      c = 0x10000 + ((c - kHighSurrogate) << 10U) + (utf16_unit(field, ++i) - kLowSurrogate);
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
    const auto c = base::take_character(text);
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
