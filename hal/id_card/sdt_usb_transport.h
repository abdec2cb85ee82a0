// A reader of identity cards on USB. The published id has two framings, told apart by the descriptors alone:
//
//   stream  one OUT, one IN: a frame is a frame
//   split   two OUT, two IN: preamble and length (7 bytes) through the first pair, what the length counts through the second
//
// Either way the driver above sees whole frames. Anything else is refused (device_port_invalid).
#pragma once

#include <memory>
#include <string>

#include "hal/transport/byte_transport.h"
#include "hal/transport/usb/usb_match.h"
#include "hal/transport/usb/usb_pipes.h"

namespace hal {

// `port`: place in the USB tree, empty for any.
UsbSelector sdt_usb_readers(std::string port = {});

std::unique_ptr<TransportFactory> make_sdt_usb_transport(std::string port = {});

// Null when the pipes are of neither framing.
std::unique_ptr<ByteTransport> make_sdt_framing(std::unique_ptr<UsbPipes> pipes);

}  // namespace hal
