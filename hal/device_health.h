// What a device is able to do now, in terms a person understands (after XFS4IoT's device states).
#pragma once

#include <optional>
#include <string>

#include "base/failure.h"

namespace hal {

enum class DeviceState : std::uint8_t {
  absent,    // nothing is connected; a normal state
  starting,  // warming up or being recovered
  ready,
  faulted,  // `failure` says how, and who can help
};

struct DeviceHealth {
  DeviceState state = DeviceState::absent;
  std::optional<base::Failure> failure;  // set when faulted, or as a warning while ready
  std::string identity;                  // stable serial (SAM id, printer serial); empty while unknown

  friend bool operator==(const DeviceHealth&, const DeviceHealth&) = default;
};

}  // namespace hal
