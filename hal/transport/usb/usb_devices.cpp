#include "hal/transport/usb/usb_devices.h"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <span>

namespace hal {
namespace {

constexpr std::size_t kDeepestPort = 7;         // of USB 3; hubs included
constexpr std::size_t kSerialCharacters = 126;  // of a string descriptor
constexpr unsigned kPacketBytes = 0x7FF;        // of wMaxPacketSize; above it is the multiplier of high-bandwidth pipes

std::string port_of(libusb_device* device) {
  std::array<std::uint8_t, kDeepestPort> ports{};
  const int depth = libusb_get_port_numbers(device, ports.data(), static_cast<int>(ports.size()));
  const int bus = libusb_get_bus_number(device);
  if (depth <= 0) return fmt::format("usb{}", bus);  // the root hub
  return fmt::format("{}-{}", bus, fmt::join(std::span(ports).first(static_cast<std::size_t>(depth)), "."));
}

UsbInterface described(const libusb_interface_descriptor& setting) {
  UsbInterface interface {
    setting.bInterfaceNumber, setting.bAlternateSetting, setting.bInterfaceClass, setting.bInterfaceSubClass,
        setting.bInterfaceProtocol, {}
  };
  for (const auto& endpoint : std::span(setting.endpoint, setting.bNumEndpoints)) {
    const unsigned type = endpoint.bmAttributes & 3U;
    const bool is_bulk = type == LIBUSB_ENDPOINT_TRANSFER_TYPE_BULK;
    if (!is_bulk && type != LIBUSB_ENDPOINT_TRANSFER_TYPE_INTERRUPT) continue;
    const auto packet = static_cast<std::uint16_t>(endpoint.wMaxPacketSize & kPacketBytes);
    if (packet == 0) continue;
    interface.endpoints.push_back({endpoint.bEndpointAddress, is_bulk ? UsbPipeKind::bulk : UsbPipeKind::interrupt, packet});
  }
  return interface;
}

std::vector<UsbInterface> interfaces_of(libusb_device* device) {
  libusb_config_descriptor* config = nullptr;
  if (libusb_get_active_config_descriptor(device, &config) != LIBUSB_SUCCESS) return {};
  std::vector<UsbInterface> interfaces;
  for (const auto& interface : std::span(config->interface, config->bNumInterfaces)) {
    for (const auto& setting : std::span(interface.altsetting, static_cast<std::size_t>(interface.num_altsetting)))
      interfaces.push_back(described(setting));
  }
  libusb_free_config_descriptor(config);
  return interfaces;
}

}  // namespace

std::vector<ListedUsbDevice> list_usb_devices(libusb_context* context) {
  if (context == nullptr) return {};
  libusb_device** list = nullptr;
  const auto count = libusb_get_device_list(context, &list);
  if (count < 0) return {};
  std::vector<ListedUsbDevice> devices;
  for (libusb_device* device : std::span(list, static_cast<std::size_t>(count))) {
    UsbDevicePointer owned(device);
    libusb_device_descriptor descriptor{};
    if (libusb_get_device_descriptor(device, &descriptor) != LIBUSB_SUCCESS) continue;
    devices.push_back({std::move(owned), {descriptor.idVendor, descriptor.idProduct, port_of(device), interfaces_of(device)}});
  }
  libusb_free_device_list(list, 0);
  return devices;
}

std::string usb_serial_at(const std::string& port) {
  std::ifstream file("/sys/bus/usb/devices/" + port + "/serial");
  std::string serial;
  std::getline(file, serial);
  if (serial.size() > kSerialCharacters) serial.resize(kSerialCharacters);
  return serial;
}

}  // namespace hal
