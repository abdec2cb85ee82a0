#include "hal/transport/usb/usb_error.h"

namespace hal {

std::optional<base::Failure> usb_open_failure(int libusb_result) {
  switch (libusb_result) {
    case LIBUSB_SUCCESS:
    case LIBUSB_ERROR_NO_DEVICE:
    case LIBUSB_ERROR_NOT_FOUND:
      return std::nullopt;
    case LIBUSB_ERROR_ACCESS:
      return base::Failure::device_no_permission;
    default:  // busy: another program has it; or the system has no room for it
      return base::Failure::device_port_invalid;
  }
}

UsbTransferEnd usb_transfer_end(libusb_transfer_status status) {
  switch (status) {
    case LIBUSB_TRANSFER_COMPLETED:
    case LIBUSB_TRANSFER_TIMED_OUT:  // never asked for: deadlines are ours
      return UsbTransferEnd::done;
    case LIBUSB_TRANSFER_CANCELLED:
      return UsbTransferEnd::cancelled;
    case LIBUSB_TRANSFER_NO_DEVICE:
      return UsbTransferEnd::gone;
    case LIBUSB_TRANSFER_STALL:
      return UsbTransferEnd::stalled;
    case LIBUSB_TRANSFER_ERROR:
    case LIBUSB_TRANSFER_OVERFLOW:
      return UsbTransferEnd::damaged;
  }
  return UsbTransferEnd::damaged;
}

}  // namespace hal
