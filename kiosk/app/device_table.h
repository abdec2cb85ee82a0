// The devices that a configuration names, made by the drivers of hal/registry/driver_table.h.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "kiosk/app/asset_paths.h"
#include "kiosk/app/kiosk.h"
#include "kiosk/configuration.h"

namespace kiosk {

// config_invalid, naming the known ones, when the configuration asks for another.
base::Status check_devices(const Configuration& configuration);

// Everything but the courier. A device that is absent or cannot be made (the log says why) is an absent one.
Devices make_devices(const Configuration& configuration, const AssetPaths& assets, const base::Clock& clock, const Sinks& sinks);

}  // namespace kiosk
