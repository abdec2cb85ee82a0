// A USB device opened, with one of its interfaces claimed; the destructor gives both back.
#pragma once

#include <libusb-1.0/libusb.h>

#include <memory>

#include "hal/transport/usb/usb_devices.h"

namespace hal {

class UsbInterfaceClaim {
 public:
  // Takes the interface from a kernel driver that has it (usblp, usbhid), which gets it back in the end. Null with
  // libusb's code in `result` when that is not possible.
  static std::unique_ptr<UsbInterfaceClaim> make(libusb_device* device, const UsbInterface& interface, int& result);

  ~UsbInterfaceClaim();
  UsbInterfaceClaim(const UsbInterfaceClaim&) = delete;
  UsbInterfaceClaim& operator=(const UsbInterfaceClaim&) = delete;

  libusb_device_handle* handle() const { return handle_; }

 private:
  explicit UsbInterfaceClaim(libusb_device_handle* handle) : handle_(handle) {}
  int claim(const UsbInterface& interface);

  libusb_device_handle* const handle_;
  int claimed_ = -1;  // its number
};

}  // namespace hal
