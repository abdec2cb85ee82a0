// A serial line: /dev/ttyS0, an adapter on USB, or a device that pretends to be one (CDC-ACM).
#pragma once

#include <memory>

#include "hal/transport/byte_transport.h"
#include "hal/transport/port_address.h"

namespace hal {

inline constexpr int kDefaultBaud = 115200;

// Eight data bits, one stop bit, raw; speed (kDefaultBaud when 0), parity and flow control as `address` says. The line is
// opened for this process alone. The device file may come and go: a path below /dev/serial/by-path stays the same.
// trouble(): device_no_permission; device_port_invalid when it is no serial line, is in use, or refuses the settings.
std::unique_ptr<TransportFactory> make_serial_transport(PortAddress address);

}  // namespace hal
