#include "hal/transport/usb/usb_transport.h"

#include <algorithm>
#include <atomic>
#include <utility>
#include <vector>

#include "base/log.h"
#include "hal/transport/usb/claimed_usb_pipes.h"
#include "hal/transport/usb/usb_error.h"

namespace hal {
namespace {

struct Candidate {
  ListedUsbDevice listed;
  UsbChoice choice;
};

class UsbTransportFactory final : public TransportFactory {
 public:
  UsbTransportFactory(UsbSelector selector, UsbWrap wrap) : selector_(std::move(selector)), wrap_(std::move(wrap)) {}

  std::unique_ptr<ByteTransport> open() override {
    seen_ = context_->arrivals();
    trouble_ = std::nullopt;
    if (context_->get() == nullptr) trouble_ = base::Failure::device_port_invalid;
    for (const Candidate& candidate : candidates()) {
      if (auto transport = open(candidate)) {
        logged_ = std::nullopt;
        return transport;
      }
    }
    return nullptr;
  }

  std::optional<base::Failure> trouble() const override { return trouble_; }

  void wait_for_device(std::chrono::milliseconds patience) override { context_->wait_for_arrival(seen_, cancelled_, patience); }

  void cancel() override {
    cancelled_ = true;
    context_->wake();
  }

 private:
  std::vector<Candidate> candidates() const {
    std::vector<Candidate> found;
    for (ListedUsbDevice& listed : list_usb_devices(context_->get())) {
      if (auto choice = choose_interface(selector_, listed.description)) found.push_back({std::move(listed), *std::move(choice)});
    }
    std::ranges::sort(found, [](const Candidate& a, const Candidate& b) {
      return std::pair(a.choice.rank, a.listed.description.port) < std::pair(b.choice.rank, b.listed.description.port);
    });
    return found;
  }

  std::unique_ptr<ByteTransport> open(const Candidate& candidate) {
    const UsbDescription& device = candidate.listed.description;
    int result = LIBUSB_SUCCESS;
    auto claim = UsbInterfaceClaim::make(candidate.listed.device.get(), candidate.choice.interface, result);
    if (!claim) {
      if (const auto failure = usb_open_failure(result)) note(*failure, device, libusb_error_name(result));
      return nullptr;
    }
    TransportInfo info{"usb:" + device.port,         device.vendor_id, device.product_id, usb_serial_at(device.port), {},
                       !candidate.choice.ins.empty()};
    auto pipes = std::make_unique<ClaimedUsbPipes>(context_, std::move(claim), candidate.choice, std::move(info), device.port);
    auto transport = wrap_(std::move(pipes));
    if (!transport) note(base::Failure::device_port_invalid, device, "its endpoints do not suit");
    return transport;
  }

  // Said once, not at every attempt.
  void note(base::Failure failure, const UsbDescription& device, const char* why) {
    trouble_ = failure;
    if (std::exchange(logged_, failure) == failure) return;
    base::log::warning("{}: usb:{} ({:04x}:{:04x}): {}{}", base::entry(failure).code, device.port, device.vendor_id,
                       device.product_id, why,
                       failure == base::Failure::device_no_permission ? "; needs a rule as in 70-linli.rules" : "");
  }

  const UsbSelector selector_;
  const UsbWrap wrap_;
  const std::shared_ptr<UsbContext> context_ = UsbContext::shared();
  unsigned long seen_ = 0;  // devices that open() has already looked at
  std::optional<base::Failure> trouble_;
  std::optional<base::Failure> logged_;
  std::atomic<bool> cancelled_{false};
};

class OnePipeEachWay final : public ByteTransport {
 public:
  explicit OnePipeEachWay(std::unique_ptr<UsbPipes> pipes) : pipes_(std::move(pipes)) {}

  const TransportInfo& info() const override { return pipes_->info(); }
  Transferred write(std::span<const std::uint8_t> bytes, std::chrono::milliseconds patience) override {
    return pipes_->write(0, bytes, patience);
  }
  Transferred read(std::span<std::uint8_t> buffer, std::chrono::milliseconds patience) override {
    return pipes_->read(0, buffer, patience);
  }
  void reset_device() override { pipes_->reset_device(); }
  std::unique_ptr<PowerCut> cut_power() override { return pipes_->cut_power(); }
  void cancel() override { pipes_->cancel(); }

 private:
  const std::unique_ptr<UsbPipes> pipes_;
};

}  // namespace

std::unique_ptr<TransportFactory> make_usb_transport(UsbSelector selector, UsbWrap wrap) {
  return std::make_unique<UsbTransportFactory>(std::move(selector), std::move(wrap));
}

std::unique_ptr<ByteTransport> first_usb_pipes(std::unique_ptr<UsbPipes> pipes) {
  if (pipes->outs() == 0) return nullptr;
  return std::make_unique<OnePipeEachWay>(std::move(pipes));
}

std::unique_ptr<TransportFactory> make_usb_transport(UsbSelector selector) {
  return make_usb_transport(std::move(selector), first_usb_pipes);
}

}  // namespace hal
