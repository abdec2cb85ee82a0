// The printer that a profile describes, as a model.
#pragma once

#include "hal/printer/printer_profile.h"
#include "hal/simulated/escpos_machine.h"

namespace hal {

EscposMachineType machine_of(const PrinterProfile& profile);

}  // namespace hal
