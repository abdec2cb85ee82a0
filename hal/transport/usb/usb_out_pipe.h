// One OUT endpoint. A write is cut into pieces, each an asynchronous transfer that is called back at the deadline: a
// printer without paper refuses bytes for ever.
#pragma once

#include "hal/transport/byte_transport.h"
#include "hal/transport/usb/usb_transfer.h"

namespace hal {

class UsbOutPipe {
 public:
  UsbOutPipe(UsbHandover& handover, libusb_device_handle* handle, const UsbEndpoint& endpoint);

  Transferred write(std::span<const std::uint8_t> bytes, std::chrono::steady_clock::time_point deadline);

 private:
  // Sends one piece and waits for its end; recalled, it still counts what had left.
  std::size_t send(UsbLock& lock, std::span<const std::uint8_t> piece, std::chrono::steady_clock::time_point deadline);
  bool clear(UsbLock& lock);

  UsbHandover& handover_;
  libusb_device_handle* const handle_;
  const UsbEndpoint endpoint_;
  UsbTransfer transfer_;
};

}  // namespace hal
