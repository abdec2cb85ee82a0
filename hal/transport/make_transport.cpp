#include "hal/transport/make_transport.h"

#include "hal/transport/deadline.h"
#include "hal/transport/evdev/evdev_transport.h"
#include "hal/transport/file/wake_event.h"
#include "hal/transport/serial/serial_transport.h"
#include "hal/transport/tcp/tcp_transport.h"
#include "hal/transport/usb/usb_transport.h"

namespace hal {
namespace {

class NoTransport final : public TransportFactory {
 public:
  std::unique_ptr<ByteTransport> open() override { return nullptr; }
  std::optional<base::Failure> trouble() const override { return base::Failure::device_port_invalid; }
  void wait_for_device(std::chrono::milliseconds patience) override { cancelled_.wait(-1, 0, deadline_after(patience)); }
  void cancel() override { cancelled_.set(); }

 private:
  WakeEvent cancelled_;
};

UdevSelector same_ids(const UsbSelector& usb, const std::string& port) {
  UdevSelector selector{{}, 0, port};
  for (const UsbMatch& match : usb.matches) {
    if (match.vendor_id != 0) selector.ids.push_back({match.vendor_id, match.product_id});
  }
  return selector;
}

}  // namespace

std::unique_ptr<TransportFactory> make_transport(const PortAddress& address, const UsbSelector& usb) {
  switch (address.kind) {
    case PortKind::usb:
      return make_usb_transport({usb.matches, address.where});
    case PortKind::serial:
      return make_serial_transport(address);
    case PortKind::tcp:
      return make_tcp_transport(address);
    case PortKind::evdev:
      return make_evdev_transport(same_ids(usb, address.where));
    case PortKind::pcsc:
    case PortKind::video:
    case PortKind::simulated:
      break;
  }
  return std::make_unique<NoTransport>();
}

}  // namespace hal
