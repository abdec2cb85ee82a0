#include "hal/scanner/wedge_keys.h"

#include <linux/input.h>

#include <algorithm>
#include <array>

#include "hal/scanner/us_keyboard.h"

namespace hal {
namespace {

constexpr std::array<std::uint16_t, 2> kShifts{KEY_LEFTSHIFT, KEY_RIGHTSHIFT};
constexpr std::array<std::uint16_t, 6> kCommands{KEY_LEFTCTRL, KEY_RIGHTCTRL, KEY_LEFTALT,
                                                 KEY_RIGHTALT, KEY_LEFTMETA,  KEY_RIGHTMETA};

template <class Keys>
bool follow(const Keys& keys, unsigned& state, std::uint16_t key, bool down) {
  const auto found = std::ranges::find(keys, key);
  if (found == keys.end()) return false;
  const unsigned bit = 1U << static_cast<unsigned>(found - keys.begin());
  state = down ? state | bit : state & ~bit;
  return true;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

WedgeKeys::Meaning WedgeKeys::take(const input_event& event) {
  constexpr int kUp = 0;
  constexpr int kDown = 1;  // 2 is a key held down, which no scanner does
  if (event.type == EV_SYN && event.code == SYN_DROPPED) {
    forget();
    return {Kind::lost};
  }
  if (event.type != EV_KEY || (event.value != kUp && event.value != kDown)) return {};
  if (follow_modifier(event.code, event.value == kDown) || event.value == kUp) return {};
  return press(event.code);
}

void WedgeKeys::forget() { *this = WedgeKeys(); }

bool WedgeKeys::follow_modifier(std::uint16_t key, bool down) {
  return follow(kShifts, shifts_, key, down) || follow(kCommands, commands_, key, down);
}

WedgeKeys::Meaning WedgeKeys::press(std::uint16_t key) {
  if (key == KEY_CAPSLOCK) {
    caps_lock_ = !caps_lock_;
    return {};
  }
  if (key == KEY_NUMLOCK) return {};
  if (commands_ != 0) return {Kind::command};
  const bool shift = shifts_ != 0;
  auto c = character_of({key, shift});
  if (c && caps_lock_ && is_letter(*c)) c = character_of({key, !shift});
  return c ? Meaning{Kind::typed, *c} : Meaning{Kind::command};
}

}  // namespace hal
