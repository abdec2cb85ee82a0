#include "hal/registry/recognition.h"

#include <fmt/format.h>

#include <algorithm>

#include "hal/id_card/sdt_usb_transport.h"
#include "hal/printer/usb_printers.h"
#include "hal/scanner/known_scanners.h"
#include "hal/transport/hidraw/hid_report_kinds.h"

namespace hal {
namespace {

std::optional<UsbChoice> choice_of(const UsbSelector& selector, const Sighting& seen) {
  if (seen.subsystem != "usb") return std::nullopt;
  return choose_interface(selector, {seen.vendor_id, seen.product_id, seen.port.where, seen.interfaces});
}

bool of_a_scanner_maker(const Sighting& seen) {
  return std::ranges::any_of(kScannerVendors, [&](const UdevId& id) { return id.vendor_id == seen.vendor_id; });
}

std::string ids_of(const Sighting& seen) { return fmt::format("{:04x}:{:04x}", seen.vendor_id, seen.product_id); }

std::string granting_to(std::string_view attributes) { return fmt::format(R"({}, GROUP="linli", MODE="0660")", attributes); }

}  // namespace

std::string recognise_sdt(const Sighting& seen) {
  if (!choice_of(sdt_usb_readers(), seen)) return {};
  return fmt::format("USB id {} is that of readers with a security module", ids_of(seen));
}

std::string recognise_pcsc(const Sighting& seen) {
  return seen.subsystem == "pcsc" ? "pcscd has it as a reader of chip cards" : std::string();
}

std::string recognise_hid_pos(const Sighting& seen) {
  if (seen.subsystem != "hidraw" || first_usage_page(seen.report_descriptor) != kBarcodeScannerPage) return {};
  return "its report descriptor begins with usage page 8C, bar code scanner";
}

std::string recognise_serial_scanner(const Sighting& seen) {
  if (seen.subsystem != "tty" || !of_a_scanner_maker(seen)) return {};
  return fmt::format("a serial port by USB vendor {:04x}, a maker of scanners", seen.vendor_id);
}

std::string recognise_wedge(const Sighting& seen) {
  if (seen.subsystem != "input" || !seen.types || !of_a_scanner_maker(seen)) return {};
  return fmt::format("a keyboard by USB vendor {:04x}, a maker of scanners", seen.vendor_id);
}

std::string recognise_camera(const Sighting& seen) {
  return seen.subsystem == "video4linux"
             ? "a camera on Video4Linux; it has to offer grey or YUYV. For documents it is camera = \"document-camera\""
             : std::string();
}

std::string recognise_escpos(const Sighting& seen) {
  const auto choice = choice_of(usb_receipt_printers(), seen);
  if (!choice) return {};
  return fmt::format("USB interface {} is a printer's (class {}, protocol {})", choice->interface.number,
                     choice->interface.interface_class, choice->interface.protocol);
}

std::string granting_rule(const Sighting& seen) {
  if (seen.subsystem == "pcsc") return "packaging/polkit/50-linli-smart-cards.rules";
  if (seen.vendor_id == 0) return {};
  if (seen.subsystem == "usb" && !of_a_scanner_maker(seen))
    return granting_to(
        fmt::format(R"(SUBSYSTEM=="usb", ENV{{DEVTYPE}}=="usb_device", ATTR{{idVendor}}=="{:04x}", ATTR{{idProduct}}=="{:04x}")",
                    seen.vendor_id, seen.product_id));
  if (seen.subsystem == "usb")
    return granting_to(
        fmt::format(R"(SUBSYSTEM=="usb", ENV{{DEVTYPE}}=="usb_device", ATTR{{idVendor}}=="{:04x}")", seen.vendor_id));
  if (seen.subsystem == "video4linux")  // this camera, not all that its maker makes
    return granting_to(fmt::format(R"(SUBSYSTEM=="video4linux", ATTRS{{idVendor}}=="{:04x}", ATTRS{{idProduct}}=="{:04x}")",
                                   seen.vendor_id, seen.product_id));
  const std::string_view nodes = seen.subsystem == "input" ? R"(, KERNEL=="event*")" : "";
  return granting_to(fmt::format(R"(SUBSYSTEM=="{}"{}, ATTRS{{idVendor}}=="{:04x}")", seen.subsystem, nodes, seen.vendor_id));
}

}  // namespace hal
