// One asynchronous transfer of libusb, and the place where its thread hands it over to ours.
#pragma once

#include <libusb-1.0/libusb.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <span>
#include <vector>

#include "hal/transport/usb/usb_error.h"
#include "hal/transport/usb/usb_match.h"

namespace hal {

inline constexpr unsigned kUsbFaultsInRow = 3;  // stalls or errors without a byte between them, then the device is gone

// Shared by all transfers of one device. No libusb call that opens or closes anything is made with its lock held.
struct UsbHandover {
  std::mutex mutex;
  std::condition_variable changed;  // a transfer ended, or `cancelled` was set
  bool cancelled = false;
};

using UsbLock = std::unique_lock<std::mutex>;

class UsbTransfer {
 public:
  UsbTransfer(UsbHandover& handover, libusb_device_handle* handle, const UsbEndpoint& endpoint, std::size_t capacity);
  ~UsbTransfer();  // calls it back and waits until libusb has let go of it
  UsbTransfer(const UsbTransfer&) = delete;
  UsbTransfer& operator=(const UsbTransfer&) = delete;

  // With the handover's lock held:
  std::span<std::uint8_t> buffer() { return buffer_; }  // while it does not fly
  UsbTransferEnd submit(std::size_t length);            // `done`: it flies
  void recall();                                        // it ends soon, with what it moved so far
  bool flies() const { return flies_; }
  UsbTransferEnd end() const { return end_; }
  std::size_t count() const { return count_; }  // bytes it moved, whatever its end

  // Waits until it no longer flies; `until` may end the waiting early.
  template <class Condition>
  void wait(UsbLock& lock, std::chrono::steady_clock::time_point deadline, Condition until) {
    handover_.changed.wait_until(lock, deadline, [&] { return !flies_ || until(); });
  }
  void wait(UsbLock& lock) {  // without limit: the kernel gives every recalled transfer back
    handover_.changed.wait(lock, [this] { return !flies_; });
  }

 private:
  static void LIBUSB_CALL ended(libusb_transfer* transfer);

  UsbHandover& handover_;
  libusb_device_handle* const handle_;
  const UsbEndpoint endpoint_;
  std::vector<std::uint8_t> buffer_;
  libusb_transfer* const transfer_;
  bool flies_ = false;
  UsbTransferEnd end_ = UsbTransferEnd::done;
  std::size_t count_ = 0;
};

}  // namespace hal
