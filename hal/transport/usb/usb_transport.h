// USB through libusb. Devices are found by ids and descriptors, and again after every plugging in; transfers are
// asynchronous, so that every call keeps its deadline.
#pragma once

#include <functional>
#include <memory>

#include "hal/transport/byte_transport.h"
#include "hal/transport/usb/usb_match.h"
#include "hal/transport/usb/usb_pipes.h"

namespace hal {

// What a driver makes of the pipes of an interface; null refuses them, and the next device is tried.
using UsbWrap = std::function<std::unique_ptr<ByteTransport>(std::unique_ptr<UsbPipes>)>;

// Of several devices the best match that can be opened is taken, then the one at the lowest place.
// trouble(): device_no_permission (the log names ids and place), device_port_invalid when another program has it, when no
// pipes suit, or when libusb does not start.
std::unique_ptr<TransportFactory> make_usb_transport(UsbSelector selector, UsbWrap wrap);

// Writes to the first OUT pipe, reads from the first IN pipe; reading a device that has none waits out the patience. Null
// when there is nothing to write to.
std::unique_ptr<ByteTransport> first_usb_pipes(std::unique_ptr<UsbPipes> pipes);
std::unique_ptr<TransportFactory> make_usb_transport(UsbSelector selector);

}  // namespace hal
