// From where a device is said to be to its bytes: the one place that knows every transport.
#pragma once

#include <memory>

#include "hal/transport/byte_transport.h"
#include "hal/transport/port_address.h"
#include "hal/transport/usb/usb_match.h"

namespace hal {

// `usb` says which devices on USB the driver knows; the place comes from `address`. An evdev port grabs a keyboard
// with one of the same ids, at the place if one is named; where `usb` names no ids, the keyboard at that place. Kinds that carry
// no bytes (pcsc, video, simulated) give a factory that opens nothing, with device_port_invalid as its trouble. Card readers on
// USB or on a line of unknown speed: see hal/id_card/sdt_usb_transport.h and sdt_serial_transport.h.
std::unique_ptr<TransportFactory> make_transport(const PortAddress& address, const UsbSelector& usb);

}  // namespace hal
