#include "ui/speech/sound.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace ui {
namespace {

constexpr std::size_t kHeader = 12;      // bytes: RIFF, size, WAVE
constexpr std::size_t kChunkHeader = 8;  // bytes: id, size
constexpr std::size_t kFormat = 16;      // bytes of a PCM format chunk
constexpr double kFullScale = 32767.0;

std::uint32_t little(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < count; ++i)
    value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << 8U * i;
  return value;
}

base::Error wrong(const char* what) { return {base::Failure::text_catalogue_broken, std::string("sound: ") + what}; }

bool right_format(std::string_view chunk) {
  return chunk.size() >= kFormat && little(chunk, 0, 2) == 1 && little(chunk, 2, 2) == 1 &&
         little(chunk, 4, 4) == static_cast<std::uint32_t>(kSoundRate) && little(chunk, 14, 2) == 16;
}

Sound samples_of(std::string_view data) {
  Sound sound(std::min(data.size() / 2, kLongestSound));
  for (std::size_t i = 0; i < sound.size(); ++i)
    sound[i] = static_cast<std::int16_t>(static_cast<std::uint16_t>(little(data, 2 * i, 2)));
  return sound;
}

void add_tone(Sound& sound, double hertz, double seconds, double loudness) {
  const auto count = static_cast<std::size_t>(seconds * kSoundRate);
  for (std::size_t i = 0; i < count; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(count);
    const double envelope = std::min(1.0, share * 20.0) * (1.0 - share);
    const double phase = 2.0 * std::numbers::pi * hertz * static_cast<double>(i) / kSoundRate;
    sound.push_back(static_cast<std::int16_t>(std::lround(std::sin(phase) * envelope * loudness * kFullScale)));
  }
}

}  // namespace

base::Result<Sound> decode_wav(std::string_view bytes) {
  if (bytes.size() < kHeader || bytes.substr(0, 4) != "RIFF" || bytes.substr(8, 4) != "WAVE") return wrong("no RIFF/WAVE file");
  bool known = false;
  for (std::size_t at = kHeader; at + kChunkHeader <= bytes.size();) {
    const std::string_view id = bytes.substr(at, 4);
    const std::size_t size = little(bytes, at + 4, 4);
    const std::string_view chunk = bytes.substr(at + kChunkHeader, size);
    if (id == "fmt ") {
      known = right_format(chunk);
      if (!known) return wrong("needs 22050 Hz, one channel, 16 bit");
    } else if (id == "data") {
      return known ? base::Result<Sound>(samples_of(chunk)) : wrong("no format before the data");
    }
    at += kChunkHeader + size + (size & 1U);
  }
  return wrong("no data");
}

void change_loudness(Sound& sound, double decibels) {
  const double factor = std::pow(10.0, decibels / 20.0);
  for (std::int16_t& sample : sound)
    sample = static_cast<std::int16_t>(std::clamp(std::lround(sample * factor), -32768L, 32767L));
}

Sound click_sound() {
  Sound sound;
  add_tone(sound, 1800.0, 0.012, 0.6);
  return sound;
}

Sound attention_sound() {
  Sound sound;
  for (const double hertz : std::array{659.0, 880.0}) add_tone(sound, hertz, 0.2, 0.6);
  return sound;
}

Sound cleared_sound() {
  Sound sound;
  for (const double hertz : std::array{784.0, 659.0, 523.0}) add_tone(sound, hertz, 0.2, 0.5);
  return sound;
}

}  // namespace ui
