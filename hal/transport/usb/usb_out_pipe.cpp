#include "hal/transport/usb/usb_out_pipe.h"

#include <algorithm>

#include "base/secret.h"

namespace hal {
namespace {

constexpr std::size_t kPieceBytes = 16 * 1024;  // what the kernel takes as one request, so that its count is exact

}  // namespace

UsbOutPipe::UsbOutPipe(UsbHandover& handover, libusb_device_handle* handle, const UsbEndpoint& endpoint)
    : handover_(handover), handle_(handle), endpoint_(endpoint), transfer_(handover, handle, endpoint, kPieceBytes) {}

Transferred UsbOutPipe::write(std::span<const std::uint8_t> bytes, std::chrono::steady_clock::time_point deadline) {
  UsbLock lock(handover_.mutex);
  std::size_t sent = 0;
  for (unsigned faults = 0; sent < bytes.size();) {
    if (handover_.cancelled) return {sent, TransportError::cancelled};
    const std::size_t count = send(lock, bytes.subspan(sent), deadline);
    sent += count;
    switch (transfer_.end()) {
      case UsbTransferEnd::gone:
        return {sent, TransportError::gone};
      case UsbTransferEnd::stalled:
      case UsbTransferEnd::damaged:
        if (!clear(lock)) return {sent, TransportError::gone};
        break;
      case UsbTransferEnd::done:
      case UsbTransferEnd::cancelled:
        break;
    }
    if (sent == bytes.size()) break;
    faults = count > 0 ? 0 : faults + 1;
    if (handover_.cancelled) return {sent, TransportError::cancelled};
    if (std::chrono::steady_clock::now() >= deadline) return {sent, TransportError::timeout};
    if (faults > kUsbFaultsInRow) return {sent, TransportError::gone};
  }
  return {sent, {}};
}

std::size_t UsbOutPipe::send(UsbLock& lock, std::span<const std::uint8_t> piece, std::chrono::steady_clock::time_point deadline) {
  piece = piece.first(std::min(piece.size(), kPieceBytes));
  std::copy(piece.begin(), piece.end(), transfer_.buffer().begin());
  if (transfer_.submit(piece.size()) == UsbTransferEnd::done) {
    transfer_.wait(lock, deadline, [this] { return handover_.cancelled; });
    transfer_.recall();
    transfer_.wait(lock);
  }
  base::wipe(transfer_.buffer().data(), piece.size());
  return transfer_.count();
}

bool UsbOutPipe::clear(UsbLock& lock) {
  lock.unlock();
  const int result = libusb_clear_halt(handle_, endpoint_.address);
  lock.lock();
  return result != LIBUSB_ERROR_NO_DEVICE;
}

}  // namespace hal
