#include "hal/printer/usb_printers.h"

#include <utility>

namespace hal {
namespace {

constexpr std::uint8_t kPrinterClass = 7;
constexpr std::uint8_t kPrinterSubclass = 1;
constexpr std::uint8_t kOneWay = 1;  // protocols of the class
constexpr std::uint8_t kTwoWay = 2;
constexpr std::uint8_t kVendorClass = 0xFF;

}  // namespace

UsbSelector usb_receipt_printers(std::string port) {
  return {{
              // Epson: one product id for many models, which keep the printer's pipes under a class of their own.
              {.vendor_id = 0x04B8, .product_id = 0x0202, .interface_class = kVendorClass},
              // Star: announces an answering pipe that must not be read.
              {.vendor_id = 0x0519, .interface_class = kPrinterClass, .one_way = true},
              {.interface_class = kPrinterClass, .subclass = kPrinterSubclass, .protocol = kTwoWay},
              {.interface_class = kPrinterClass, .subclass = kPrinterSubclass, .protocol = kOneWay, .one_way = true},
          },
          std::move(port)};
}

}  // namespace hal
