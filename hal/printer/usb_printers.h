// Receipt printers on USB.
#pragma once

#include <string>

#include "hal/transport/usb/usb_match.h"

namespace hal {

// Known oddities first, then whatever is of the printer class; not those that want IEEE 1284.4 or IPP around every byte.
// `port`: place in the USB tree, empty for any.
UsbSelector usb_receipt_printers(std::string port = {});

}  // namespace hal
