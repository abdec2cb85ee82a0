// The host's ear at one IN endpoint. A few transfers of one packet each are always under way, so that a full packet is
// delivered at once although no short one follows it. Filled ones wait in order; when all are full the device has to wait.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "hal/transport/byte_transport.h"
#include "hal/transport/usb/usb_transfer.h"

namespace hal {

class UsbInPipe {
 public:
  UsbInPipe(UsbHandover& handover, libusb_device_handle* handle, const UsbEndpoint& endpoint);

  Transferred read(std::span<std::uint8_t> buffer, std::chrono::steady_clock::time_point deadline);
  void end();  // nothing is under way any more; later calls end with `gone`

 private:
  // With the lock held:
  std::size_t take(std::span<std::uint8_t> buffer);
  void set_free(UsbTransfer& transfer);
  void submit_free();
  void repair(UsbLock& lock);
  void recall(UsbLock& lock);
  void note(UsbTransferEnd end);
  void await(UsbLock& lock, std::chrono::steady_clock::time_point deadline);

  UsbHandover& handover_;
  libusb_device_handle* const handle_;
  const UsbEndpoint endpoint_;
  std::vector<std::unique_ptr<UsbTransfer>> transfers_;
  std::vector<UsbTransfer*> free_;
  std::deque<UsbTransfer*> submitted_;  // oldest first
  std::size_t taken_ = 0;               // bytes of the oldest that were read already
  std::size_t forgiven_ = 0;            // how many of them failed for a reason that was repaired
  unsigned faults_ = 0;                 // in a row
  bool broken_ = false;                 // has to be cleared
  bool gone_ = false;
};

}  // namespace hal
