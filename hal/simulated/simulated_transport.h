// The cable between a driver and a simulated device, inside this process. Deadlines are real time; nothing polls. Unlike other
// transports it may be read by one thread while another writes.
#pragma once

#include <memory>

#include "hal/simulated/device_model.h"
#include "hal/transport/byte_transport.h"

namespace hal {

// open() gives null while the device is unplugged, and while an earlier transport to it still lives (one owner, as for a
// USB interface). The device is shared by those who play with it and those who talk to it; neither outlives the other's
// use of it.
std::unique_ptr<TransportFactory> make_simulated_transport(std::shared_ptr<DeviceModel> device);

}  // namespace hal
