#include "hal/registry/sighting.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "hal/pcsc/pcsclite_system.h"
#include "hal/transport/udev/udev_nodes.h"
#include "hal/transport/usb/usb_context.h"
#include "hal/transport/usb/usb_devices.h"

namespace hal {
namespace {

constexpr std::uint8_t kHubClass = 9;
constexpr std::chrono::milliseconds kPcscPatience{500};
constexpr auto kPcscSocket = "/run/pcscd/pcscd.comm";

// The kernel makes ttyS0 to ttyS31 whether there is a chip behind them or not.
bool has_hardware(const UdevNode& tty) {
  if (!tty.port.empty()) return true;
  const auto name = tty.file.substr(tty.file.rfind('/') + 1);
  if (!name.starts_with("ttyS") && !name.starts_with("ttyAMA")) return false;
  std::ifstream file("/sys/class/tty/" + name + "/type");
  std::string type;
  return std::getline(file, type) && type != "0";
}

std::vector<UsbInterface> interfaces_at(const std::vector<ListedUsbDevice>& devices, const std::string& port) {
  const auto found =
      std::ranges::find_if(devices, [&](const ListedUsbDevice& device) { return device.description.port == port; });
  return found == devices.end() ? std::vector<UsbInterface>{} : found->description.interfaces;
}

bool is_hub(const std::vector<UsbInterface>& interfaces) {
  return !interfaces.empty() &&
         std::ranges::all_of(interfaces, [](const UsbInterface& each) { return each.interface_class == kHubClass; });
}

void add_usb(std::vector<Sighting>& seen) {
  const auto context = UsbContext::shared();
  const auto devices = list_usb_devices(context->get());
  for (auto& node : UdevNodes("usb").list()) {
    auto interfaces = interfaces_at(devices, node.port);
    if (node.vendor_id == 0 || is_hub(interfaces)) continue;
    seen.push_back({{PortKind::usb, node.port},
                    "usb",
                    std::move(node.file),
                    std::move(node.name),
                    node.vendor_id,
                    node.product_id,
                    std::move(interfaces),
                    {},
                    false});
  }
}

// `at_node`: the port is named by the node's file, else by the place in the USB tree.
void add_nodes(std::vector<Sighting>& seen, const std::string& subsystem, PortKind kind, bool at_node) {
  for (auto& node : UdevNodes(subsystem).list()) {
    if (subsystem == "tty" && !has_hardware(node)) continue;
    if ((subsystem == "input" && !node.types) || !node.captures) continue;
    seen.push_back({{kind, at_node ? node.file : node.port},
                    subsystem,
                    std::move(node.file),
                    std::move(node.name),
                    node.vendor_id,
                    node.product_id,
                    {},
                    std::move(node.report_descriptor),
                    node.types});
  }
}

void add_slots(std::vector<Sighting>& seen) {
  const auto service = make_pcsclite_system();
  if (!service->open()) {  // shut to this account, or on its way out
    if (std::filesystem::exists(kPcscSocket))
      seen.push_back({{PortKind::pcsc, {}}, "pcsc", {}, "the smart card service, which does not answer", 0, 0, {}, {}, false});
    return;
  }
  const auto slots = service->wait(kPcscPatience);
  if (!slots) return;
  for (const auto& slot : *slots) seen.push_back({{PortKind::pcsc, slot.reader}, "pcsc", {}, slot.reader, 0, 0, {}, {}, false});
}

}  // namespace

std::vector<Sighting> sightings() {
  std::vector<Sighting> seen;
  add_usb(seen);
  add_nodes(seen, "tty", PortKind::serial, true);
  add_nodes(seen, "hidraw", PortKind::usb, false);
  add_nodes(seen, "input", PortKind::evdev, false);
  add_nodes(seen, "video4linux", PortKind::video, true);
  add_slots(seen);
  return seen;
}

}  // namespace hal
