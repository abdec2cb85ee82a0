// What a keyboard types, from the events of its keys (struct input_event of evdev). Shift and Caps Lock are followed here;
// no layout, input method or lock state of the system has a say. Pure.
#pragma once

#include <cstdint>
#include <optional>

struct input_event;

namespace hal {

class WedgeKeys {
 public:
  enum class Kind : std::uint8_t {
    nothing,  // a release, a modifier, an event that is no key
    typed,    // `character`
    command,  // a key that commands instead of typing: with Ctrl, Alt or Meta, a function key, an arrow
    lost,     // the system dropped events: something is missing here
  };
  struct Meaning {
    Kind kind = Kind::nothing;
    char character = 0;
  };

  Meaning take(const input_event& event);
  void forget();  // all keys are up, Caps Lock is off

 private:
  Meaning press(std::uint16_t key);

  bool follow_modifier(std::uint16_t key, bool down);  // false: it is none

  unsigned shifts_ = 0;    // keys down, one bit each
  unsigned commands_ = 0;  // Ctrl, Alt, Meta keys down, one bit each
  bool caps_lock_ = false;
};

}  // namespace hal
