#include "hal/device_health.h"

namespace hal {

using base::Failure;

DeviceState faulted_by(Failure failure) {
  if (failure == Failure::card_no_answer || failure == Failure::print_no_answer || failure == Failure::scan_no_answer ||
      failure == Failure::camera_no_answer)
    return DeviceState::offline;
  return base::entry(failure).remedy == base::Remedy::resident ? DeviceState::user_fault : DeviceState::hardware_fault;
}

std::optional<Failure> failure_told(const DeviceHealth& health, Failure missing) {
  return health.failure || health.state != DeviceState::no_device ? health.failure : missing;
}

std::string_view name_of(DeviceState state) {
  switch (state) {
    case DeviceState::starting:
      return "starting";
    case DeviceState::online:
      return "online";
    case DeviceState::busy:
      return "busy";
    case DeviceState::offline:
      return "offline";
    case DeviceState::user_fault:
      return "user fault";
    case DeviceState::hardware_fault:
      return "hardware fault";
    case DeviceState::no_device:
      break;
  }
  return "no device";
}

std::string_view name_of(Supply supply) {
  switch (supply) {
    case Supply::full:
      return "full";
    case Supply::low:
      return "low";
    case Supply::out:
      return "out";
    case Supply::unknown:
      break;
  }
  return "unknown";
}

std::string_view name_of(Media media) {
  switch (media) {
    case Media::none:
      return "none";
    case Media::present:
      return "present";
    case Media::taken:
      return "taken";
    case Media::unknown:
      break;
  }
  return "unknown";
}

}  // namespace hal
