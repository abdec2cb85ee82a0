// The simulated devices by name: those of the driver table, and of the printer one for each profile.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "hal/registry/driver_table.h"
#include "hal/simulated/device_model.h"

namespace linli_devices {

// "sdt", "hid-pos", …; "escpos/custom-kpm-presenter" is a printer as that file of assets/printers describes it.
// config_invalid with the names there are.
base::Result<std::shared_ptr<hal::DeviceModel>> make_model(const std::string& name);
std::vector<std::string> model_names();

}  // namespace linli_devices
