#include "hal/simulated/cable_faults.h"

#include "base/hex.h"

namespace hal {
namespace {

constexpr std::chrono::seconds kLongestMerge{1};  // then what is there comes anyhow

}  // namespace

std::string_view CableFaults::commands() {
  return "plug                 puts the cable in\n"
         "unplug               pulls it out\n"
         "unplug-after BYTES   pulls it out once the device has given so many more bytes\n"
         "stall on|off         the device takes nothing\n"
         "silence on|off       the device gives nothing\n"
         "hang                 it gives nothing more until its power was off\n"
         "switched-port on|off whether the driver can cut its power\n"
         "delay MS             what it gives comes later\n"
         "merge BYTES          what it gives is held until so many bytes come at once\n"
         "flood BYTES          of one write only so many bytes arrive\n"
         "noise HEX            these bytes come out of nowhere\n";
}

bool CableFaults::carry_out(const ModelCommand& command) {
  if (const auto on = command.turns("stall")) {
    stalled_ = *on;
  } else if (const auto quiet = command.turns("silence")) {
    silent_ = *quiet;
  } else if (command.is("hang")) {
    hung_ = true;
  } else if (const auto switched = command.turns("switched-port")) {
    switched_ = *switched;
  } else if (command.is("noise", 1)) {
    const auto bytes = base::from_hex(command.word(1));
    if (!bytes) return false;
    noise_.insert(noise_.end(), bytes->begin(), bytes->end());
  } else {
    const auto number = command.number(1);
    if (!number) return false;
    const auto count = static_cast<std::size_t>(*number);
    if (command.is("delay", 1))
      delay_ = std::chrono::milliseconds{*number};
    else if (command.is("merge", 1))
      merge_ = count;
    else if (command.is("flood", 1))
      flood_ = count;
    else if (command.is("unplug-after", 1))
      unplug_after_ = count;
    else
      return false;
  }
  return true;
}

void CableFaults::push(std::span<const std::uint8_t> given, TimePoint now) {
  for (const auto byte : given) held_.push_back({byte, now + delay_});
}

std::size_t CableFaults::pull(std::span<std::uint8_t> buffer, TimePoint now) {
  std::size_t count = 0;
  while (count < buffer.size() && !noise_.empty()) {
    buffer[count++] = noise_.front();
    noise_.pop_front();
  }
  if (held_.size() < merge_ && !held_.empty() && now < held_.front().due + kLongestMerge) return count;
  while (count < buffer.size() && !held_.empty() && held_.front().due <= now) {
    buffer[count++] = held_.front().byte;
    held_.pop_front();
  }
  return count;
}

std::optional<CableFaults::TimePoint> CableFaults::wakes_at() const {
  if (held_.empty()) return std::nullopt;
  return held_.front().due + (held_.size() < merge_ ? TimePoint::duration{kLongestMerge} : TimePoint::duration{0});
}

bool CableFaults::gave(std::size_t bytes) {
  if (!unplug_after_) return false;
  *unplug_after_ -= std::min(bytes, *unplug_after_);
  if (*unplug_after_ > 0) return false;
  unplug_after_.reset();
  return true;
}

void CableFaults::forget() {
  held_.clear();
  noise_.clear();
  unplug_after_.reset();
  hung_ = false;
}

}  // namespace hal
