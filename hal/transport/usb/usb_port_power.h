// The power of the hub's port that a USB device is plugged into. Linux 6.0 and later let it be cut where the hub can switch it
// (Documentation/ABI/testing/sysfs-bus-usb, "disable") and packaging/udev/70-linli.rules gives the right to.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "hal/transport/byte_transport.h"

namespace hal {

// Where the kernel has the port of the device at `place`: "/sys/bus/usb/devices/1-1:1.0/1-1-port2" for "1-1.2". Empty when no
// hub is above it.
std::string usb_port_folder(std::string_view place);

// Null when kernel, hub or rights do not allow it. The twin of the port on the other bus of a USB 3 hub goes with it: the two
// share one power line.
std::unique_ptr<PowerCut> cut_usb_port_power(std::string_view place);

// Gives back what a process cut that died before it could: of the ports that we may switch.
void restore_usb_port_power();

}  // namespace hal
