// The pipes of a claimed interface, over libusb.
#pragma once

#include <memory>
#include <vector>

#include "hal/transport/usb/usb_context.h"
#include "hal/transport/usb/usb_in_pipe.h"
#include "hal/transport/usb/usb_interface_claim.h"
#include "hal/transport/usb/usb_out_pipe.h"
#include "hal/transport/usb/usb_pipes.h"

namespace hal {

class ClaimedUsbPipes final : public UsbPipes {
 public:
  // `context` handles the events of these transfers and must not end before them.
  ClaimedUsbPipes(std::shared_ptr<UsbContext> context, std::unique_ptr<UsbInterfaceClaim> claim, const UsbChoice& choice,
                  TransportInfo info, std::string place);

  const TransportInfo& info() const override { return info_; }
  std::size_t outs() const override { return outs_.size(); }
  std::size_t ins() const override { return ins_.size(); }
  Transferred write(std::size_t out, std::span<const std::uint8_t> bytes, std::chrono::milliseconds patience) override;
  Transferred read(std::size_t in, std::span<std::uint8_t> buffer, std::chrono::milliseconds patience) override;
  void reset_device() override;
  std::unique_ptr<PowerCut> cut_power() override;
  void cancel() override;

 private:
  const std::shared_ptr<UsbContext> context_;
  const std::unique_ptr<UsbInterfaceClaim> claim_;
  const TransportInfo info_;
  const std::string place_;
  UsbHandover handover_;
  std::vector<std::unique_ptr<UsbOutPipe>> outs_;
  std::vector<std::unique_ptr<UsbInPipe>> ins_;
};

}  // namespace hal
