#include "hal/transport/usb/usb_match.h"

#include <algorithm>

namespace hal {
namespace {

template <class Value>
bool fits(const std::optional<Value>& wanted, Value is) {
  return !wanted || *wanted == is;
}

bool is_meant(const UsbMatch& match, const UsbDescription& device) {
  const bool vendor = match.vendor_id == 0 || match.vendor_id == device.vendor_id;
  return vendor && (match.product_id == 0 || match.product_id == device.product_id);
}

bool is_meant(const UsbMatch& match, const UsbInterface& interface) {
  return fits(match.interface_class, interface.interface_class) && fits(match.subclass, interface.subclass) &&
         fits(match.protocol, interface.protocol);
}

std::vector<UsbEndpoint> pipes(const UsbInterface& interface, bool in) {
  for (const auto kind : {UsbPipeKind::bulk, UsbPipeKind::interrupt}) {
    std::vector<UsbEndpoint> found;
    std::ranges::copy_if(interface.endpoints, std::back_inserter(found),
                         [&](const UsbEndpoint& endpoint) { return endpoint.is_in() == in && endpoint.kind == kind; });
    std::ranges::sort(found, {}, &UsbEndpoint::address);
    if (!found.empty()) return found;
  }
  return {};
}

}  // namespace

std::optional<UsbChoice> choose_interface(const UsbSelector& selector, const UsbDescription& device) {
  if (!selector.port.empty() && selector.port != device.port) return std::nullopt;
  for (std::size_t rank = 0; rank < selector.matches.size(); ++rank) {
    const UsbMatch& match = selector.matches[rank];
    if (!is_meant(match, device)) continue;
    for (const UsbInterface& interface : device.interfaces) {
      if (!is_meant(match, interface)) continue;
      UsbChoice choice{interface, pipes(interface, false), {}, rank};
      if (!match.one_way) choice.ins = pipes(interface, true);
      if (!choice.outs.empty() || !choice.ins.empty()) return choice;
    }
  }
  return std::nullopt;
}

}  // namespace hal
