#include "hal/transport/udev/udev_nodes.h"

#include <libudev.h>
#include <poll.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <string_view>

#include "hal/transport/deadline.h"
#include "hal/transport/hidraw/hid_report_kinds.h"

namespace hal {
namespace {

struct DeviceUnref {
  void operator()(udev_device* device) const { udev_device_unref(device); }
};
struct EnumerateUnref {
  void operator()(udev_enumerate* enumerate) const { udev_enumerate_unref(enumerate); }
};
using DevicePointer = std::unique_ptr<udev_device, DeviceUnref>;

std::string text(const char* value) { return value == nullptr ? std::string() : value; }

std::uint16_t hexadecimal(const char* value) {
  const std::string_view digits = value == nullptr ? "" : value;
  std::uint16_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number, 16);
  return number;
}

// Found before the node is opened, so that a node without permission can still be told from one that is not meant.
std::vector<std::uint8_t> report_descriptor_of(udev_device* device) {
  std::ifstream file(text(udev_device_get_syspath(device)) + "/device/report_descriptor", std::ios::binary);
  std::vector<std::uint8_t> bytes(std::istreambuf_iterator<char>(file), {});
  if (bytes.size() > kLongestKernelDescriptor) bytes.clear();
  return bytes;
}

bool has_property(udev_device* device, const char* name) { return text(udev_device_get_property_value(device, name)) == "1"; }

constexpr std::size_t kNameCharacters = 80;  // of what a device may say about itself

// Strings of a device are outside bytes: printable ASCII only.
std::string name_of(udev_device* usb) {
  std::string name =
      text(udev_device_get_sysattr_value(usb, "manufacturer")) + ' ' + text(udev_device_get_sysattr_value(usb, "product"));
  std::erase_if(name, [](char c) { return c < ' ' || c > '~'; });
  if (name.front() == ' ') name.erase(0, 1);
  return name.substr(0, kNameCharacters);
}

UdevNode described(udev_device* device) {
  UdevNode node;
  node.file = text(udev_device_get_devnode(device));
  node.types = has_property(device, "ID_INPUT_KEYBOARD") || has_property(device, "ID_INPUT_KEY");
  node.report_descriptor = report_descriptor_of(device);
  const std::string abilities = text(udev_device_get_property_value(device, "ID_V4L_CAPABILITIES"));  // ":capture:"
  node.captures = abilities.empty() || abilities.find(":capture:") != std::string::npos;
  // The parent belongs to its child.
  const bool itself = text(udev_device_get_devtype(device)) == "usb_device";
  udev_device* const usb = itself ? device : udev_device_get_parent_with_subsystem_devtype(device, "usb", "usb_device");
  if (usb == nullptr) return node;
  node.name = name_of(usb);
  node.port = text(udev_device_get_sysname(usb));
  node.vendor_id = hexadecimal(udev_device_get_sysattr_value(usb, "idVendor"));
  node.product_id = hexadecimal(udev_device_get_sysattr_value(usb, "idProduct"));
  node.serial = text(udev_device_get_sysattr_value(usb, "serial"));
  return node;
}

udev_monitor* new_monitor(udev* library, const std::string& subsystem) {
  if (library == nullptr) return nullptr;
  udev_monitor* const monitor = udev_monitor_new_from_netlink(library, "udev");
  if (monitor == nullptr) return nullptr;
  udev_monitor_filter_add_match_subsystem_devtype(monitor, subsystem.c_str(), nullptr);
  udev_monitor_enable_receiving(monitor);
  return monitor;
}

}  // namespace

bool is_selected(const UdevSelector& selector, const UdevNode& node) {
  if (selector.ids.empty() && selector.usage_page == 0 && selector.port.empty()) return false;
  const bool id = selector.ids.empty() || std::ranges::any_of(selector.ids, [&](const UdevId& wanted) {
                    return wanted.vendor_id == node.vendor_id && (wanted.product_id == 0 || wanted.product_id == node.product_id);
                  });
  const bool page = selector.usage_page == 0 || first_usage_page(node.report_descriptor) == selector.usage_page;
  return id && page && (selector.port.empty() || selector.port == node.port);
}

void UdevNodes::Unref::operator()(udev* library) const { udev_unref(library); }
void UdevNodes::Unref::operator()(udev_monitor* monitor) const { udev_monitor_unref(monitor); }

UdevNodes::UdevNodes(std::string subsystem)
    : subsystem_(std::move(subsystem)), udev_(udev_new()), monitor_(new_monitor(udev_.get(), subsystem_)) {}

UdevNodes::~UdevNodes() = default;

std::vector<UdevNode> UdevNodes::list() {
  while (take_news()) continue;
  std::vector<UdevNode> nodes;
  if (!udev_) return nodes;
  const std::unique_ptr<udev_enumerate, EnumerateUnref> enumerate(udev_enumerate_new(udev_.get()));
  if (!enumerate) return nodes;
  udev_enumerate_add_match_subsystem(enumerate.get(), subsystem_.c_str());
  udev_enumerate_scan_devices(enumerate.get());
  for (auto* entry = udev_enumerate_get_list_entry(enumerate.get()); entry != nullptr; entry = udev_list_entry_get_next(entry)) {
    const DevicePointer device(udev_device_new_from_syspath(udev_.get(), udev_list_entry_get_name(entry)));
    if (device && udev_device_get_devnode(device.get()) != nullptr) nodes.push_back(described(device.get()));
  }
  std::ranges::stable_sort(nodes, {}, &UdevNode::port);
  return nodes;
}

void UdevNodes::wait(const WakeEvent& cancelled, std::chrono::milliseconds patience) {
  const auto deadline = deadline_after(patience);
  const int news = monitor_ ? udev_monitor_get_fd(monitor_.get()) : -1;
  while (cancelled.wait(news, POLLIN, deadline) == Woken::ready) {
    if (take_news()) return;
  }
}

bool UdevNodes::take_news() {
  if (!monitor_) return false;
  while (const auto device = DevicePointer(udev_monitor_receive_device(monitor_.get()))) {
    if (text(udev_device_get_action(device.get())) != "remove") return true;
  }
  return false;
}

}  // namespace hal
