// The plug of a headset, as the sound hardware's input device tells it (evdev, SW_HEADPHONE_INSERT).
#pragma once

#include <functional>
#include <string>
#include <thread>

namespace kiosk {

class HeadsetJack {
 public:
  // Calls `changed` from a thread of its own, first with what is plugged in now. A device that is not there, or goes, is
  // logged once, and nobody is called any more.
  HeadsetJack(std::string device, std::function<void(bool plugged)> changed);

 private:
  std::jthread reader_;
};

}  // namespace kiosk
