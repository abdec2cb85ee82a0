// A printer on the network (raw port 9100). Such printers serve one client at a time, and some lock themselves up for
// half a minute or more after an unclean end: the connection is held, and closed in both directions.
#pragma once

#include <memory>

#include "hal/transport/byte_transport.h"
#include "hal/transport/port_address.h"

namespace hal {

// open() connects within 0.9 s or gives null; a name that takes longer to resolve is resolved in the background for the
// next open(). trouble(): device_port_invalid for a name that does not exist.
// The other end going silent for good is noticed by keepalive, as `gone`.
std::unique_ptr<TransportFactory> make_tcp_transport(PortAddress address);

}  // namespace hal
