// How the terminal speaks to this resident. Back to the first value after every visit (EN 301 549 5.1.3.13).
#pragma once

#include <algorithm>
#include <array>

namespace kiosk {

// Seven rates in percent of the usual one (VVSG 7.1-K), and five volumes in dB below full scale: steps of at most 10 dB, a
// range of at least 18 dB, one step 12 dB above the lowest (EN 301 549 8.2.1).
inline constexpr std::array kRatePercent{50, 65, 80, 100, 125, 160, 200};
inline constexpr std::array kVolumeDecibels{-24, -18, -12, -6, 0};

struct VoiceSettings {
  bool on = false;             // pages are read aloud
  bool private_aloud = false;  // the resident chose to hear personal text from the loudspeaker
  bool curtain = false;        // the screen shows nothing
  int rate = 3;                // into kRatePercent
  int volume = 2;              // into kVolumeDecibels

  friend bool operator==(const VoiceSettings&, const VoiceSettings&) = default;
};

inline VoiceSettings within_limits(VoiceSettings settings) {
  settings.rate = std::clamp(settings.rate, 0, static_cast<int>(kRatePercent.size()) - 1);
  settings.volume = std::clamp(settings.volume, 0, static_cast<int>(kVolumeDecibels.size()) - 1);
  return settings;
}

}  // namespace kiosk
