#include "hal/simulated/wedge_scanner.h"

#include <linux/input.h>

#include <array>
#include <cstring>
#include <string>

#include "hal/scanner/us_keyboard.h"

namespace hal {
namespace {

constexpr std::size_t kKeyRoom = 4096;                        // keys
constexpr std::chrono::milliseconds kBetweenTypedCodes{150};  // as the serial one
constexpr std::array<std::uint16_t, 10> kKeypadDigits{KEY_KP0, KEY_KP1, KEY_KP2, KEY_KP3, KEY_KP4,
                                                      KEY_KP5, KEY_KP6, KEY_KP7, KEY_KP8, KEY_KP9};
constexpr std::array<std::uint16_t, 26> kLetters{KEY_A, KEY_B, KEY_C, KEY_D, KEY_E, KEY_F, KEY_G, KEY_H, KEY_I,
                                                 KEY_J, KEY_K, KEY_L, KEY_M, KEY_N, KEY_O, KEY_P, KEY_Q, KEY_R,
                                                 KEY_S, KEY_T, KEY_U, KEY_V, KEY_W, KEY_X, KEY_Y, KEY_Z};

// The events of one character, as one piece on the wire.
class Keys {
 public:
  explicit Keys(DeviceModel::TimePoint at) : at_(at.time_since_epoch()) {}

  Keys& down(std::uint16_t key) { return add(EV_KEY, key, 1); }
  Keys& up(std::uint16_t key) { return add(EV_KEY, key, 0); }
  Keys& press(std::uint16_t key) { return down(key).up(key); }
  Keys& add(std::uint16_t type, std::uint16_t code, int value) {
    input_event event{};
    event.input_event_sec = std::chrono::floor<std::chrono::seconds>(at_).count();
    event.input_event_usec = std::chrono::floor<std::chrono::microseconds>(at_ % std::chrono::seconds{1}).count();
    event.type = type;
    event.code = code;
    event.value = value;
    const std::size_t end = bytes_.size();
    bytes_.resize(end + sizeof event);
    std::memcpy(&bytes_[end], &event, sizeof event);
    return *this;
  }
  std::vector<std::uint8_t> bytes() { return add(EV_SYN, SYN_REPORT, 0).bytes_; }

 private:
  std::chrono::nanoseconds at_;
  std::vector<std::uint8_t> bytes_;
};

void type_printable(Keys& keys, KeyStroke stroke) {
  if (stroke.shift) keys.down(KEY_LEFTSHIFT);
  keys.press(stroke.key);
  if (stroke.shift) keys.up(KEY_LEFTSHIFT);
}

void type_control(Keys& keys, unsigned char c) {
  keys.down(KEY_LEFTCTRL).press(c >= 1 && c <= kLetters.size() ? kLetters.at(c - 1U) : KEY_SPACE).up(KEY_LEFTCTRL);
}

void type_by_number(Keys& keys, unsigned char c) {
  keys.down(KEY_LEFTALT);
  for (const char digit : std::to_string(c)) keys.press(kKeypadDigits.at(static_cast<std::size_t>(digit - '0')));
  keys.up(KEY_LEFTALT);
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

WedgeScanner::WedgeScanner(WedgeScannerSetting setting)
    : ScannerModel({"simulated", 0, 0, "SIM-WEDGE-1", {}}, kBetweenTypedCodes, kKeyRoom), setting_(setting) {}

void WedgeScanner::press(std::uint16_t key) { send_garbage(Keys(std::chrono::steady_clock::now()).press(key).bytes()); }

void WedgeScanner::drop_events() { send_garbage(Keys(std::chrono::steady_clock::now()).add(EV_SYN, SYN_DROPPED, 0).bytes()); }

std::string_view WedgeScanner::commands() const { return commands_; }

bool WedgeScanner::carry_out(const ModelCommand& command) {
  if (command.is("drop-events")) return drop_events(), true;
  const auto key = command.number(1);
  if (command.is("press", 1) && key && *key <= KEY_MAX) return press(static_cast<std::uint16_t>(*key)), true;
  return ScannerModel::carry_out(command);
}

std::vector<ScannerModel::Piece> WedgeScanner::encode(std::string_view code, AimIdentifier, TimePoint at) {
  std::vector<Piece> pieces;
  if (setting_.caps_lock) pieces.push_back(Keys(at).press(KEY_CAPSLOCK).bytes());
  const auto type = [&](char c) {
    Keys keys(at);
    const auto byte = static_cast<unsigned char>(c);
    auto stroke = key_stroke_of(c);
    if (stroke && setting_.caps_lock && is_letter(c)) stroke->shift = !stroke->shift;
    if (stroke)
      type_printable(keys, *stroke);
    else if (byte < 0x80)
      type_control(keys, byte);
    else
      type_by_number(keys, byte);
    pieces.push_back(keys.bytes());
  };
  for (const char c : code) type(c);
  if (setting_.suffix != 0) type(setting_.suffix);
  if (setting_.caps_lock) pieces.push_back(Keys(at).press(KEY_CAPSLOCK).bytes());
  return pieces;
}

}  // namespace hal
