// Keys of a US keyboard as characters: how scanners type unless they are told otherwise. Pure.
#pragma once

#include <cstdint>
#include <optional>

namespace hal {

struct KeyStroke {
  std::uint16_t key = 0;  // KEY_… of linux/input-event-codes.h
  bool shift = false;
};

// Nothing for a key that types nothing, or that is not among those of ASCII. Enter is CR, Tab is HT.
std::optional<char> character_of(KeyStroke stroke);
// The other way round; nothing for what is not printable ASCII, CR or HT.
std::optional<KeyStroke> key_stroke_of(char c);

}  // namespace hal
