// A reader of identity cards on a serial line whose speed nobody has written down: the one at which it answers.
#pragma once

#include <memory>

#include "base/clock.h"
#include "hal/transport/byte_transport.h"
#include "hal/transport/port_address.h"

namespace hal {

// With a speed in `address` that one is taken unasked. Else open() asks for the module's status at 115200, 9600, 57600,
// 38400 and 19200, the one that worked last first, and gives the line on which a valid answer came. `clock` outlives it.
std::unique_ptr<TransportFactory> make_sdt_serial_transport(PortAddress address, const base::Clock& clock);

}  // namespace hal
