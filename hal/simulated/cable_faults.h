// What can be wrong between a device and its driver, whatever the device is. Commands (each stays until changed):
//
//   stall on|off         the device takes nothing: writes wait
//   silence on|off       it gives nothing
//   delay MS             what it gives arrives so much later; 0: at once
//   merge BYTES          what it gives is held until so many bytes can come at once; 0: as they come
//   flood BYTES          of one write only the first so many bytes arrive, the rest is lost; 0: all arrive
//   noise HEX            these bytes come out of nowhere, once
//   hang                 it gives nothing more until its power was off
//   switched-port on|off whether the driver can cut the power that comes through the cable
//   unplug-after BYTES   the cable comes out once the device has given so many more
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string_view>

#include "hal/simulated/model_command.h"

namespace hal {

class CableFaults {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  // False: not a command of the cable, or a word is wrong.
  bool carry_out(const ModelCommand& command);
  static std::string_view commands();

  bool stalled() const { return stalled_; }
  bool silent() const { return silent_ || hung_; }
  bool power_can_be_cut() const { return switched_; }
  // How many bytes of a write arrive.
  std::size_t arriving(std::size_t offered) const { return flood_ == 0 ? offered : std::min(offered, flood_); }
  // True: the device's bytes go through push() and pull(); else straight to the driver.
  bool holds() const { return delay_.count() > 0 || merge_ > 0 || !held_.empty() || !noise_.empty(); }
  void push(std::span<const std::uint8_t> given, TimePoint now);
  std::size_t pull(std::span<std::uint8_t> buffer, TimePoint now);
  std::optional<TimePoint> wakes_at() const;
  // The most that may be given before the plug comes out.
  std::size_t until_unplug(std::size_t wanted) const { return unplug_after_ ? std::min(wanted, *unplug_after_) : wanted; }
  // True: the plug comes out now.
  bool gave(std::size_t bytes);
  void forget();  // the cable came out: nothing is on the way any more

 private:
  struct Held {
    std::uint8_t byte;
    TimePoint due;
  };

  bool stalled_ = false;
  bool silent_ = false;
  bool hung_ = false;
  bool switched_ = false;
  std::chrono::milliseconds delay_{0};
  std::size_t merge_ = 0;
  std::size_t flood_ = 0;
  std::optional<std::size_t> unplug_after_;
  std::deque<std::uint8_t> noise_;
  std::deque<Held> held_;
};

}  // namespace hal
