// What a tactile keypad, a keyboard or two switches can say. Any of them is a HID keyboard: a table turns the usages it
// sends into these keys (EN 301 549 8.1.2; facts: accessibility §3.2).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ui {

enum class Key : std::uint8_t {
  up,      // the item before
  down,    // the next item
  left,    // a step back
  right,   // a step on
  ok,      // choose
  help,    // help; on the help page: learn the keys
  repeat,  // say it again
  louder,
  softer,
  faster,
  slower,
  pause,    // hold the voice, and go on
  curtain,  // hide or show the screen
  language,
  listen,      // begin or end reading aloud
  move,        // of two switches: the next thing that can be chosen
  select,      // of two switches: choose it
  headset_in,  // what some keypads send when a headset is plugged in
  headset_out,
  digit_0,
  digit_1,
  digit_2,
  digit_3,
  digit_4,
  digit_5,
  digit_6,
  digit_7,
  digit_8,
  digit_9,
};

inline constexpr int kKeyCount = static_cast<int>(Key::digit_9) + 1;

// "up", "louder", "digit_0"; as in kiosk.toml.
std::string_view key_name(Key key);
std::optional<Key> key_of_name(std::string_view name);
// '0' to '9'; nothing for the others.
std::optional<char> digit_of(Key key);

// Keys by HID usage (page 0x07), 0x04 to 0xE7.
class KeyMap {
 public:
  KeyMap();  // the map of a plain keyboard: arrows, Enter, F1 to F10, +, −, digits; 1 and 2 of the switches are F11 and F12
  // Takes a usage for a key; further calls add further usages. config_invalid when it is no usage of a key.
  base::Status set(Key key, int usage);
  // Takes all its usages from a key.
  void clear(Key key);
  std::optional<Key> key(int usage) const;

 private:
  std::map<int, Key> keys_;
};

// One press as the window saw it.
struct KeyPress {
  int usage = 0;
  bool repeated = false;  // sent by a key that is held: never acts (EN 301 549 5.7)
  bool chord = false;     // with Ctrl, Alt or the system key: never acts, so that no combination leaves the kiosk
};

// The key that was pressed; nothing for repeats, chords and keys that mean nothing here.
std::optional<Key> key_pressed(const KeyMap& map, const KeyPress& press);

}  // namespace ui
