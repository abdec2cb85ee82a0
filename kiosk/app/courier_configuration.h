#pragma once

#include "kiosk/configuration.h"
#include "offline_cache/courier/queue_courier.h"

namespace kiosk {

// What kiosk.toml says about the queue and the platform, in the courier's terms.
offline_cache::CourierConfiguration courier_configuration(const Configuration& configuration);

}  // namespace kiosk
