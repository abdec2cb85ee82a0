#include "hal/transport/usb/usb_interface_claim.h"

namespace hal {

std::unique_ptr<UsbInterfaceClaim> UsbInterfaceClaim::make(libusb_device* device, const UsbInterface& interface, int& result) {
  libusb_device_handle* handle = nullptr;
  result = libusb_open(device, &handle);
  if (result != LIBUSB_SUCCESS) return nullptr;
  std::unique_ptr<UsbInterfaceClaim> claim(new UsbInterfaceClaim(handle));
  result = claim->claim(interface);
  return result == LIBUSB_SUCCESS ? std::move(claim) : nullptr;
}

int UsbInterfaceClaim::claim(const UsbInterface& interface) {
  libusb_set_auto_detach_kernel_driver(handle_, 1);
  const int result = libusb_claim_interface(handle_, interface.number);
  if (result != LIBUSB_SUCCESS) return result;
  claimed_ = interface.number;
  return interface.alternate == 0 ? LIBUSB_SUCCESS
                                  : libusb_set_interface_alt_setting(handle_, interface.number, interface.alternate);
}

UsbInterfaceClaim::~UsbInterfaceClaim() {
  if (claimed_ >= 0) libusb_release_interface(handle_, claimed_);
  libusb_close(handle_);
}

}  // namespace hal
