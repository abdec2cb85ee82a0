// The two places where libusb's codes become ours.
#pragma once

#include <libusb-1.0/libusb.h>

#include <cstdint>
#include <optional>

#include "base/failure.h"

namespace hal {

// Why a device that is there could not be opened; nothing when it simply went away.
std::optional<base::Failure> usb_open_failure(int libusb_result);

enum class UsbTransferEnd : std::uint8_t {
  done,
  cancelled,
  gone,
  stalled,  // the endpoint has to be cleared
  damaged,  // an error on the wire; often the last sign of a device being pulled out
};
UsbTransferEnd usb_transfer_end(libusb_transfer_status status);

}  // namespace hal
