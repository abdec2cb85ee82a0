// Whether a driver would take what is plugged in, and why. Pure.
#pragma once

#include <string>

#include "hal/registry/sighting.h"

namespace hal {

// One line of plain English for staff; empty: this is not for the driver, or nobody can tell from outside.
using Recognise = std::string (*)(const Sighting&);

std::string recognise_sdt(const Sighting& seen);
std::string recognise_pcsc(const Sighting& seen);
std::string recognise_hid_pos(const Sighting& seen);
std::string recognise_serial_scanner(const Sighting& seen);
std::string recognise_wedge(const Sighting& seen);
std::string recognise_camera(const Sighting& seen);
std::string recognise_escpos(const Sighting& seen);

// The udev rule of packaging/udev/70-linli.rules (for a slot of pcscd the polkit rule) that lets the kiosk's user open what
// a driver would take. The rule's line when the device needs one of its own: the file lists the ids known so far.
std::string granting_rule(const Sighting& seen);

}  // namespace hal
