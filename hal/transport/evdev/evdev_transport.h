// A scanner that pretends to be a keyboard, through /dev/input/event*. The node is grabbed: what is scanned reaches nobody
// else, and nobody types into the kiosk with it.
#pragma once

#include <memory>

#include "hal/transport/byte_transport.h"
#include "hal/transport/udev/udev_nodes.h"

namespace hal {

// One read is whole `input_event` records; a buffer has room for at least one. Only nodes with keys are taken, and an
// empty selector takes none: a real keyboard is not grabbed by mistake.
// trouble(): device_no_permission; scan_wrong_mode when another program has grabbed it.
std::unique_ptr<TransportFactory> make_evdev_transport(UdevSelector selector);

}  // namespace hal
