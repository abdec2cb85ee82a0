// The driver of a camera: it opens the camera, starts its sensor while frames are wanted, and gives them out in grey.
#pragma once

#include <memory>

#include "base/clock.h"
#include "hal/camera.h"
#include "hal/transport/byte_transport.h"

namespace hal {

struct CameraTiming {
  using ms = std::chrono::milliseconds;
  ms frame{3000};          // for a frame to come; after the start of a sensor some need a second
  ms order{2000};          // for an order to be taken
  ms idle{500};            // while the sensor is off: between two looks whether the camera is still there
  ms reopen_pause{100};    // least time between two attempts to open
  ms absent_period{1000};  // longest wait for a camera to come before trying again by itself
};

// The transports speak frame_wire.h. `clock` outlives the camera, whose destruction ends a call in progress.
std::unique_ptr<Camera> make_camera(std::unique_ptr<TransportFactory> transports, CameraSink sink, CameraTiming timing = {});

}  // namespace hal
