// The terminal's two threads that speak with the platform: the courier of applications and the registrar of its books.
#pragma once

#include "kiosk/app/kiosk.h"
#include "offline_cache/courier/queue_courier.h"

namespace kiosk {

// Makes devices.registrar and devices.courier: the same platform, keys and folder; what operators do to the queue is written
// into the audit log. A reserve of numbers is kept for the windows of `services`.
void connect_office(Devices& devices, offline_cache::CourierConfiguration courier, const std::vector<ServiceDefinition>& services,
                    const base::Clock& clock, base::Random& random, const Sinks& sinks);

}  // namespace kiosk
