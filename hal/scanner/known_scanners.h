// Code scanners on USB, by what they pretend to be.
#pragma once

#include <array>
#include <string>

#include "hal/transport/udev/udev_nodes.h"

namespace hal {

// Makers of nothing but scanners: these change their product id with their mode, so the vendor's is all there is to know.
inline constexpr std::array<UdevId, 2> kScannerVendors{UdevId{0x0C2E, 0},   // Honeywell (Metrologic)
                                                       UdevId{0x1EAB, 0}};  // Newland

// In HID POS mode, whoever made it: its report descriptor says so. `port`: place in the USB tree, empty for any.
UdevSelector hid_pos_scanners(std::string port = {});

// As a keyboard. Of unknown make only at a named place, because any other keyboard would do as well.
UdevSelector wedge_scanners(std::string port = {});

}  // namespace hal
