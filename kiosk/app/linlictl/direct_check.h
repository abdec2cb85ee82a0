// A check of a configured device without a running kiosk: this process opens it with the same driver, asks, and lets go.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/result.h"
#include "hal/device.h"
#include "kiosk/configuration.h"

namespace linlictl {

// As the running kiosk answers "check": {"passed":…,"details":…,"device":{…}}. `device` is a key of kiosk.toml.
base::Result<nlohmann::json> check_directly(const kiosk::Configuration& configuration, const std::string& device,
                                            hal::HealthCheck level);

// The configured devices, not asked: [{"device":…,"driver":…,"port":…,"state":"not asked"},…]
nlohmann::json configured_devices(const kiosk::Configuration& configuration);

}  // namespace linlictl
