#include "hal/scanner/us_keyboard.h"

#include <linux/input-event-codes.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace hal {
namespace {

// Neighbouring keys, from `first` on.
struct Row {
  std::uint16_t first;
  std::string_view plain;
  std::string_view shifted;
};

constexpr std::array kRows{
    Row{KEY_1, "1234567890-=", "!@#$%^&*()_+"},
    Row{KEY_TAB, "\tqwertyuiop[]\r", "\tQWERTYUIOP{}\r"},
    Row{KEY_A, "asdfghjkl;'`", "ASDFGHJKL:\"~"},
    Row{KEY_BACKSLASH, "\\zxcvbnm,./", "|ZXCVBNM<>?"},
    Row{KEY_SPACE, " ", " "},
    // The keypad, with Num Lock on: no character of a code is found here first.
    Row{KEY_KPASTERISK, "*", "*"},
    Row{KEY_KP7, "789-456+1230.", "789-456+1230."},
    Row{KEY_KPENTER, "\r", "\r"},
    Row{KEY_KPSLASH, "/", "/"},
};

}  // namespace

std::optional<char> character_of(KeyStroke stroke) {
  for (const Row& row : kRows) {
    if (stroke.key < row.first || stroke.key >= row.first + row.plain.size()) continue;
    return (stroke.shift ? row.shifted : row.plain)[stroke.key - row.first];
  }
  return std::nullopt;
}

std::optional<KeyStroke> key_stroke_of(char c) {
  for (const Row& row : kRows) {
    for (const bool shift : {false, true}) {
      const std::string_view keys = shift ? row.shifted : row.plain;
      const std::size_t at = keys.find(c);
      if (at != std::string_view::npos) return KeyStroke{static_cast<std::uint16_t>(row.first + at), shift};
    }
  }
  return std::nullopt;
}

}  // namespace hal
