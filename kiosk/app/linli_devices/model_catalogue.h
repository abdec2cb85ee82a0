// The simulated devices by name: those of the driver table, and of the printer one for each profile.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "hal/printer/printer_profile.h"
#include "hal/registry/driver_table.h"
#include "hal/simulated/escpos_machine.h"

namespace linli_devices {

// "sdt", "hid-pos", …; "escpos/custom-kpm-presenter" is a printer as that file of assets/printers describes it.
// config_invalid with the names there are.
base::Result<std::shared_ptr<hal::DeviceModel>> make_model(const std::string& name);
std::vector<std::string> model_names();

// What the model at the far end of this profile has to be.
hal::EscposMachineType machine_of(const hal::PrinterProfile& profile);

}  // namespace linli_devices
