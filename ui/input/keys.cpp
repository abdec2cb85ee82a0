#include "ui/input/keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "kiosk/key_names.h"

namespace ui {
namespace {

static_assert(kiosk::kKeyNames.size() == kKeyCount, "every key has its name");

constexpr int kFirstUsage = 0x04;  // a
constexpr int kLastUsage = 0xE7;   // right system key

struct Place {
  int usage;
  Key key;
};

// USB HID Usage Tables, page 0x07.
constexpr std::array kKeyboard{
    Place{0x52, Key::up},      Place{0x51, Key::down},    Place{0x50, Key::left},     Place{0x4F, Key::right},
    Place{0x28, Key::ok},      Place{0x58, Key::ok},      Place{0x2C, Key::ok},       Place{0x3A, Key::help},
    Place{0x3B, Key::repeat},  Place{0x3C, Key::listen},  Place{0x3D, Key::language}, Place{0x3E, Key::pause},
    Place{0x3F, Key::curtain}, Place{0x40, Key::slower},  Place{0x41, Key::faster},   Place{0x42, Key::softer},
    Place{0x43, Key::louder},  Place{0x56, Key::softer},  Place{0x57, Key::louder},   Place{0x2D, Key::softer},
    Place{0x2E, Key::louder},  Place{0x44, Key::move},    Place{0x45, Key::select},   Place{0x27, Key::digit_0},
    Place{0x1E, Key::digit_1}, Place{0x1F, Key::digit_2}, Place{0x20, Key::digit_3},  Place{0x21, Key::digit_4},
    Place{0x22, Key::digit_5}, Place{0x23, Key::digit_6}, Place{0x24, Key::digit_7},  Place{0x25, Key::digit_8},
    Place{0x26, Key::digit_9}, Place{0x62, Key::digit_0}, Place{0x59, Key::digit_1},  Place{0x5A, Key::digit_2},
    Place{0x5B, Key::digit_3}, Place{0x5C, Key::digit_4}, Place{0x5D, Key::digit_5},  Place{0x5E, Key::digit_6},
    Place{0x5F, Key::digit_7}, Place{0x60, Key::digit_8}, Place{0x61, Key::digit_9}};

}  // namespace

std::string_view key_name(Key key) { return kiosk::kKeyNames.at(static_cast<std::size_t>(key)); }

std::optional<Key> key_of_name(std::string_view name) {
  const auto found = std::ranges::find(kiosk::kKeyNames, name);
  if (found == kiosk::kKeyNames.end()) return std::nullopt;
  return static_cast<Key>(found - kiosk::kKeyNames.begin());
}

std::optional<char> digit_of(Key key) {
  if (key < Key::digit_0) return std::nullopt;
  return static_cast<char>('0' + static_cast<int>(key) - static_cast<int>(Key::digit_0));
}

KeyMap::KeyMap() {
  for (const Place& place : kKeyboard) keys_[place.usage] = place.key;
}

base::Status KeyMap::set(Key key, int usage) {
  if (usage < kFirstUsage || usage > kLastUsage)
    return base::Error{base::Failure::config_invalid, fmt::format("{}: a HID usage from {:#04x} to {:#04x} is expected",
                                                                  key_name(key), kFirstUsage, kLastUsage)};
  keys_[usage] = key;
  return {};
}

void KeyMap::clear(Key key) {
  std::erase_if(keys_, [key](const auto& each) { return each.second == key; });
}

std::optional<Key> KeyMap::key(int usage) const {
  const auto found = keys_.find(usage);
  return found == keys_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Key> key_pressed(const KeyMap& map, const KeyPress& press) {
  if (press.repeated || press.chord) return std::nullopt;
  return map.key(press.usage);
}

}  // namespace ui
