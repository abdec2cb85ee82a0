// A HID without a kernel driver that would understand it, such as a scanner in HID POS mode, through /dev/hidraw*.
#pragma once

#include <memory>

#include "hal/transport/byte_transport.h"
#include "hal/transport/udev/udev_nodes.h"

namespace hal {

// One read is one report, with its id in front where the device has ids; a report longer than the buffer loses its end.
// One write is one report, its id (or 0) in front: set as a feature where the descriptor has it as a feature only.
// TransportInfo has the report descriptor. trouble(): device_no_permission, device_port_invalid when it is in use.
std::unique_ptr<TransportFactory> make_hidraw_transport(UdevSelector selector);

}  // namespace hal
