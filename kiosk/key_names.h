#pragma once

#include <array>
#include <string_view>

namespace kiosk {

// Keys a resident may have, as the section [keys] of kiosk.toml calls them; ui/input/keys.h says what each does.
inline constexpr std::array<std::string_view, 29> kKeyNames{
    "up",      "down",    "left",    "right",    "ok",      "help",    "repeat",  "louder",     "softer",      "faster",
    "slower",  "pause",   "curtain", "language", "listen",  "move",    "select",  "headset_in", "headset_out", "digit_0",
    "digit_1", "digit_2", "digit_3", "digit_4",  "digit_5", "digit_6", "digit_7", "digit_8",    "digit_9"};

}  // namespace kiosk
