#include "hal/simulated/device_model.h"

namespace hal {

void DeviceModel::plug() {
  const Change change = this->change();
  if (plugged_) return;
  plugged_ = true;
  ++attachments_;
  on_plug(std::chrono::steady_clock::now());
}

void DeviceModel::unplug() {
  const Change change = this->change();
  pull_plug();
}

void DeviceModel::pull_plug() {
  if (!plugged_) return;
  plugged_ = false;
  open_ = false;
  on_unplug();
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
