// A camera: pictures while they are wanted. Frames are personal (faces pass by): they stay in memory, are given to one taker and
// are overwritten when dropped.
#pragma once

#include <cstdint>
#include <functional>
#include <variant>

#include "base/secret.h"
#include "hal/device.h"

namespace hal {

// Grey, one byte a pixel, rows without gaps.
struct CameraFrame {
  int width = 0;
  int height = 0;
  base::Secret pixels;  // width × height bytes
};

using CameraEvent = std::variant<DeviceHealth, CameraFrame, HealthChecked>;
using CameraSink = std::function<void(CameraEvent)>;

class Camera : public Device {
 public:
  // Any thread. Off, the sensor is stopped: no light, no frame. On, every frame is delivered as it comes; a taker that has not
  // finished with one drops the next.
  virtual void want_frames(bool wanted) = 0;
};

}  // namespace hal
