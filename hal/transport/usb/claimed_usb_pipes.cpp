#include "hal/transport/usb/claimed_usb_pipes.h"

#include <utility>

#include "base/log.h"
#include "hal/transport/deadline.h"
#include "hal/transport/usb/usb_port_power.h"

namespace hal {

ClaimedUsbPipes::ClaimedUsbPipes(std::shared_ptr<UsbContext> context, std::unique_ptr<UsbInterfaceClaim> claim,
                                 const UsbChoice& choice, TransportInfo info, std::string place)
    : context_(std::move(context)), claim_(std::move(claim)), info_(std::move(info)), place_(std::move(place)) {
  for (const auto& endpoint : choice.outs) outs_.push_back(std::make_unique<UsbOutPipe>(handover_, claim_->handle(), endpoint));
  for (const auto& endpoint : choice.ins) ins_.push_back(std::make_unique<UsbInPipe>(handover_, claim_->handle(), endpoint));
}

Transferred ClaimedUsbPipes::write(std::size_t out, std::span<const std::uint8_t> bytes, std::chrono::milliseconds patience) {
  return outs_.at(out)->write(bytes, deadline_after(patience));
}

Transferred ClaimedUsbPipes::read(std::size_t in, std::span<std::uint8_t> buffer, std::chrono::milliseconds patience) {
  if (in < ins_.size()) return ins_[in]->read(buffer, deadline_after(patience));
  UsbLock lock(handover_.mutex);
  handover_.changed.wait_until(lock, deadline_after(patience), [this] { return handover_.cancelled; });
  return {0, handover_.cancelled ? TransportError::cancelled : TransportError::timeout};
}

void ClaimedUsbPipes::reset_device() {
  for (const auto& in : ins_) in->end();
  const int result = libusb_reset_device(claim_->handle());
  base::log::info("{}: reset: {}", info_.port, libusb_error_name(result));
}

std::unique_ptr<PowerCut> ClaimedUsbPipes::cut_power() {
  for (const auto& in : ins_) in->end();
  return cut_usb_port_power(place_);
}

void ClaimedUsbPipes::cancel() {
  const UsbLock lock(handover_.mutex);
  handover_.cancelled = true;
  handover_.changed.notify_all();
}

}  // namespace hal
