#include "hal/simulated/device_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace hal {
namespace {

constexpr std::size_t kHeldAtOnce = 64 * 1024;  // a device that never falls silent must not hold up the cable

}  // namespace

void DeviceModel::plug() {
  const Change change = this->change();
  power_cut_ = false;
  if (plugged_) return;
  plugged_ = true;
  ++attachments_;
  on_plug(std::chrono::steady_clock::now());
}

void DeviceModel::unplug() {
  const Change change = this->change();
  power_cut_ = false;
  pull_plug();
}

bool DeviceModel::cut_power() {
  const Change change = this->change();
  if (!plugged_ || !faults_.power_can_be_cut()) return false;
  power_cut_ = true;
  pull_plug();
  return true;
}

void DeviceModel::restore_power() {
  {
    const auto lock = look();
    if (!power_cut_) return;
  }
  plug();
}

void DeviceModel::pull_plug() {
  if (!plugged_) return;
  plugged_ = false;
  open_ = false;
  faults_.forget();
  on_unplug();
}

base::Status DeviceModel::control(std::string_view line) {
  const ModelCommand command(line);
  if (command.is("plug")) return plug(), base::Status{};
  if (command.is("unplug")) return unplug(), base::Status{};
  {
    const Change change = this->change();
    if (faults_.carry_out(command)) return {};
  }
  if (carry_out(command)) return {};
  return base::Error{base::Failure::config_invalid,
                     fmt::format("\"{}\": expected one of\n{}{}", line, CableFaults::commands(), commands())};
}

std::size_t DeviceModel::take_by_cable(std::span<const std::uint8_t> bytes, TimePoint now) {
  if (faults_.stalled()) return 0;
  const std::size_t arriving = faults_.arriving(bytes.size());
  const std::size_t taken = take(bytes.first(arriving), now);
  return taken == arriving ? bytes.size() : taken;
}

std::size_t DeviceModel::give_by_cable(std::span<std::uint8_t> buffer, TimePoint now) {
  if (faults_.silent() || buffer.empty()) return 0;
  const auto wanted = buffer.first(std::max<std::size_t>(faults_.until_unplug(buffer.size()), 1));
  std::size_t count = 0;
  if (faults_.holds()) {
    std::array<std::uint8_t, 512> given{};
    for (std::size_t held = 0; held < kHeldAtOnce;) {
      const std::size_t size = give(given, now);
      if (size == 0) break;
      faults_.push(std::span(given).first(size), now);
      held += size;
    }
    count = faults_.pull(wanted, now);
  } else {
    count = give(wanted, now);
  }
  if (count > 0 && faults_.gave(count)) pull_plug();
  return count;
}

std::optional<DeviceModel::TimePoint> DeviceModel::cable_wakes_at() const {
  const auto device = wakes_at();
  const auto cable = faults_.wakes_at();
  if (!device || !cable) return device ? device : cable;
  return std::min(*device, *cable);
}

const TransportInfo& DeviceModel::info() const {
  static const TransportInfo kInfo{"simulated", 0, 0, {}, {}};
  return kInfo;
}

bool DeviceModel::plugged() const {
  const auto lock = look();
  return plugged_;
}

}  // namespace hal
