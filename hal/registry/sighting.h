// Something plugged into this machine that could be a device of the kiosk, as the system describes it. Nothing is opened to
// find out.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hal/transport/port_address.h"
#include "hal/transport/usb/usb_match.h"

namespace hal {

struct Sighting {
  PortAddress port;             // as kiosk.toml names it; of a hidraw node and a USB device the place in the USB tree
  std::string subsystem;        // of the kernel: "usb", "tty", "hidraw", "input", "video4linux"; "pcsc" for a slot of pcscd
  std::string node;             // "/dev/hidraw0"; empty for pcsc
  std::string name;             // maker and model as the device says; often empty
  std::uint16_t vendor_id = 0;  // 0: not on USB
  std::uint16_t product_id = 0;
  std::vector<UsbInterface> interfaces;         // subsystem usb only
  std::vector<std::uint8_t> report_descriptor;  // hidraw only
  bool types = false;                           // input only: it has keys
};

// All there are: USB devices except hubs, serial lines, hidraw and input nodes, cameras, slots of pcscd. Takes some
// milliseconds; where a part of the system does not answer, its kind is missing. Not while drivers of this process use pcscd.
std::vector<Sighting> sightings();

}  // namespace hal
