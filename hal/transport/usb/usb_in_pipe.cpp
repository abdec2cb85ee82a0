#include "hal/transport/usb/usb_in_pipe.h"

#include <algorithm>

#include "base/secret.h"

namespace hal {
namespace {

constexpr std::size_t kTransfers = 8;  // enough to keep a full-speed pipe busy from one turn of the host to the next

}  // namespace

UsbInPipe::UsbInPipe(UsbHandover& handover, libusb_device_handle* handle, const UsbEndpoint& endpoint)
    : handover_(handover), handle_(handle), endpoint_(endpoint) {
  for (std::size_t i = 0; i < kTransfers; ++i)
    transfers_.push_back(std::make_unique<UsbTransfer>(handover, handle, endpoint, endpoint.packet));
  const UsbLock lock(handover_.mutex);
  for (const auto& transfer : transfers_) free_.push_back(transfer.get());
  submit_free();
}

Transferred UsbInPipe::read(std::span<std::uint8_t> buffer, std::chrono::steady_clock::time_point deadline) {
  UsbLock lock(handover_.mutex);
  while (true) {
    if (handover_.cancelled) return {0, TransportError::cancelled};
    const std::size_t count = take(buffer);
    if (broken_ && !gone_) repair(lock);
    submit_free();
    if (count > 0 || buffer.empty()) return {count, {}};
    const bool waits = !submitted_.empty() && submitted_.front()->flies();
    if (gone_ && !waits && submitted_.empty()) return {0, TransportError::gone};
    if (!waits) continue;
    if (std::chrono::steady_clock::now() >= deadline) return {0, TransportError::timeout};
    await(lock, deadline);
  }
}

// Bytes first: a transfer that failed or was recalled may have brought some.
std::size_t UsbInPipe::take(std::span<std::uint8_t> buffer) {
  std::size_t count = 0;
  while (!submitted_.empty() && !submitted_.front()->flies() && count < buffer.size()) {
    UsbTransfer& oldest = *submitted_.front();
    const auto fresh = oldest.buffer().first(oldest.count()).subspan(taken_);
    const std::size_t part = std::min(fresh.size(), buffer.size() - count);
    std::copy_n(fresh.begin(), part, buffer.subspan(count).begin());
    count += part;
    taken_ += part;
    if (part < fresh.size()) break;
    if (forgiven_ == 0 || oldest.end() == UsbTransferEnd::gone) note(oldest.end());
    if (forgiven_ > 0) --forgiven_;
    submitted_.pop_front();
    set_free(oldest);
    if (endpoint_.kind == UsbPipeKind::interrupt && count > 0) break;
  }
  if (count > 0) faults_ = 0;
  return count;
}

void UsbInPipe::set_free(UsbTransfer& transfer) {
  base::wipe(transfer.buffer().data(), transfer.count());
  taken_ = 0;
  free_.push_back(&transfer);
}

void UsbInPipe::note(UsbTransferEnd end) {
  if (end == UsbTransferEnd::gone) gone_ = true;
  if (end == UsbTransferEnd::stalled || end == UsbTransferEnd::damaged) broken_ = true;
}

void UsbInPipe::submit_free() {
  while (!gone_ && !broken_ && !free_.empty()) {
    const UsbTransferEnd end = free_.back()->submit(endpoint_.packet);
    note(end);
    if (end != UsbTransferEnd::done) return;
    submitted_.push_back(free_.back());
    free_.pop_back();
  }
}

// An endpoint may be cleared only while nothing is under way on it.
void UsbInPipe::repair(UsbLock& lock) {
  broken_ = false;
  recall(lock);
  forgiven_ = submitted_.size();
  if (++faults_ > kUsbFaultsInRow) {
    gone_ = true;
    return;
  }
  lock.unlock();
  const int result = libusb_clear_halt(handle_, endpoint_.address);
  lock.lock();
  if (result == LIBUSB_ERROR_NO_DEVICE) gone_ = true;
}

void UsbInPipe::recall(UsbLock& lock) {
  for (UsbTransfer* transfer : submitted_) transfer->recall();
  for (UsbTransfer* transfer : submitted_) transfer->wait(lock);
}

void UsbInPipe::end() {
  UsbLock lock(handover_.mutex);
  gone_ = true;
  recall(lock);
}

void UsbInPipe::await(UsbLock& lock, std::chrono::steady_clock::time_point deadline) {
  submitted_.front()->wait(lock, deadline, [this] { return handover_.cancelled; });
}

}  // namespace hal
