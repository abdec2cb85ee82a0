// No camera, on purpose: for a machine that has none. It says so once, and never gives a picture.
#pragma once

#include <memory>

#include "hal/camera.h"

namespace hal {

// The sink is called inside the call that causes the event.
std::unique_ptr<Camera> make_absent_camera(CameraSink sink);

}  // namespace hal
