// What is plugged in, as libusb lists it.
#pragma once

#include <libusb-1.0/libusb.h>

#include <memory>
#include <vector>

#include "hal/transport/usb/usb_match.h"

namespace hal {

struct UsbDeviceUnref {
  void operator()(libusb_device* device) const { libusb_unref_device(device); }
};
using UsbDevicePointer = std::unique_ptr<libusb_device, UsbDeviceUnref>;

struct ListedUsbDevice {
  UsbDevicePointer device;
  UsbDescription description;
};

// Nothing without a context.
std::vector<ListedUsbDevice> list_usb_devices(libusb_context* context);

// As the kernel read it when the device came; empty when there is none. Asks nothing of the device.
std::string usb_serial_at(const std::string& port);

}  // namespace hal
