#include "kiosk/masking.h"

#include <algorithm>
#include <vector>

namespace kiosk {
namespace {

constexpr std::size_t kShownDigits = 4;

// The characters of UTF-8; a broken byte is a character of its own.
std::vector<std::string_view> characters(std::string_view text) {
  std::vector<std::string_view> found;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    found.push_back(text.substr(i, length));
    i += length;
  }
  return found;
}

char32_t code_point(std::string_view character) {
  const auto byte = [character](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(character[i])); };
  switch (character.size()) {
    case 2:
      return (byte(0) & 0x1F) << 6 | (byte(1) & 0x3F);
    case 3:
      return (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    case 4:
      return (byte(0) & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
    default:
      return byte(0);
  }
}

// Han in all its blocks, the private use area (rare names on cards), and the dot inside transcribed names.
bool is_han(std::string_view character) {
  const char32_t c = code_point(character);
  return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xE000 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF) || c == 0x3007 ||
         c == 0xB7 || c == 0x2022 || c == 0x30FB;
}

}  // namespace

std::string masked_name(std::string_view name) {
  const auto letters = characters(name);
  if (letters.empty()) return {};
  std::string masked(letters.front());
  if (!std::all_of(letters.begin(), letters.end(), is_han) || letters.size() < 3) return masked.append("*");
  masked.append(letters.size() - 2, '*');
  return masked.append(letters.back());
}

std::string masked_number(std::string_view number) {
  std::string masked = "****";
  if (number.size() > kShownDigits) masked.append(number.substr(number.size() - kShownDigits));
  return masked;
}

}  // namespace kiosk
