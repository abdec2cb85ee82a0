#include "hal/transport/usb/usb_transfer.h"

#include <new>

#include "base/secret.h"

namespace hal {

UsbTransfer::UsbTransfer(UsbHandover& handover, libusb_device_handle* handle, const UsbEndpoint& endpoint, std::size_t capacity)
    : handover_(handover), handle_(handle), endpoint_(endpoint), buffer_(capacity), transfer_(libusb_alloc_transfer(0)) {
  if (transfer_ == nullptr) throw std::bad_alloc();
}

UsbTransfer::~UsbTransfer() {
  {
    UsbLock lock(handover_.mutex);
    recall();
    wait(lock);
  }
  libusb_free_transfer(transfer_);
  base::wipe(buffer_.data(), buffer_.size());
}

UsbTransferEnd UsbTransfer::submit(std::size_t length) {
  const auto bytes = static_cast<int>(length);
  if (endpoint_.kind == UsbPipeKind::bulk)
    libusb_fill_bulk_transfer(transfer_, handle_, endpoint_.address, buffer_.data(), bytes, ended, this, 0);
  else
    libusb_fill_interrupt_transfer(transfer_, handle_, endpoint_.address, buffer_.data(), bytes, ended, this, 0);
  count_ = 0;
  const int result = libusb_submit_transfer(transfer_);
  flies_ = result == LIBUSB_SUCCESS;
  end_ = UsbTransferEnd::done;
  if (!flies_) end_ = result == LIBUSB_ERROR_NO_DEVICE ? UsbTransferEnd::gone : UsbTransferEnd::damaged;
  return end_;
}

void UsbTransfer::recall() {
  if (flies_) libusb_cancel_transfer(transfer_);
}

void UsbTransfer::ended(libusb_transfer* transfer) {
  auto& self = *static_cast<UsbTransfer*>(transfer->user_data);
  const std::lock_guard lock(self.handover_.mutex);
  self.flies_ = false;
  self.end_ = usb_transfer_end(transfer->status);
  self.count_ = static_cast<std::size_t>(transfer->actual_length);
  self.handover_.changed.notify_all();
}

}  // namespace hal
