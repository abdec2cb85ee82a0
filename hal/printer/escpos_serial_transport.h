// A receipt printer on a serial line whose speed nobody has written down: the one of its profile at which it answers.
#pragma once

#include <chrono>
#include <memory>

#include "hal/printer/printer_profile.h"
#include "hal/transport/byte_transport.h"
#include "hal/transport/port_address.h"

namespace hal {

// A speed in `address` is taken unasked. Else open() asks for the status (DLE EOT) at the profile's speeds, the one that worked
// last or the printer's usual one first, and gives the line on which a valid answer came; the first again when none did. A
// printer may print what it hears at a wrong speed, so each is asked once when the line comes, and not again while it is there.
// `patience`: for one answer.
std::unique_ptr<TransportFactory> make_escpos_serial_transport(PortAddress address, const PrinterProfile& profile,
                                                               std::chrono::milliseconds patience = std::chrono::milliseconds{
                                                                   180});

}  // namespace hal
