// What a device is able to do now: the states of XFS4IoT and CUSS 2, in terms a person understands.
#pragma once

#include <optional>
#include <string>

#include "base/failure.h"

namespace hal {

enum class DeviceState : std::uint8_t {
  no_device,       // nothing is connected; a normal state
  starting,        // warming up or being recovered
  online,          // ready for work
  busy,            // at work
  offline,         // connected, but not answering; `failure` says how
  user_fault,      // the person in front of it can end `failure`
  hardware_fault,  // staff or operator have to end `failure`
};

// Of what the device uses up: paper. Sensors of "low" are optional: unknown is usual, full is not a promise.
enum class Supply : std::uint8_t { unknown, full, low, out };

// Of what a person takes or lays down: a ticket at the mouth, a card on the plate.
enum class Media : std::uint8_t { unknown, none, present, taken };

struct DeviceHealth {
  DeviceState state = DeviceState::no_device;
  std::optional<base::Failure> failure;  // set when offline or at fault, or as a warning while online
  std::string identity;                  // stable serial (SAM id, printer serial); empty while unknown
  Supply supply = Supply::unknown;
  Media media = Media::unknown;

  friend bool operator==(const DeviceHealth&, const DeviceHealth&) = default;
};

// The state of a connected device that cannot work because of `failure`.
DeviceState faulted_by(base::Failure failure);

// What people are told of it: its own failure; of a device that is not there, and so says nothing, that it is `missing`.
std::optional<base::Failure> failure_told(const DeviceHealth& health, base::Failure missing);

// Connected, and in need of somebody or of time.
constexpr bool is_faulted(DeviceState state) {
  return state == DeviceState::offline || state == DeviceState::user_fault || state == DeviceState::hardware_fault;
}
constexpr bool can_work(DeviceState state) { return state == DeviceState::online || state == DeviceState::busy; }

std::string_view name_of(DeviceState state);  // "no device", "hardware fault"
std::string_view name_of(Supply supply);
std::string_view name_of(Media media);

}  // namespace hal
