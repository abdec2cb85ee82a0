// The plug of a headset, as the sound hardware's input device tells it (evdev, SW_HEADPHONE_INSERT).
#pragma once

#include <functional>
#include <string>
#include <thread>

#include "hal/transport/file/wake_event.h"

namespace kiosk {

class HeadsetJack {
 public:
  // Calls `changed` from a thread of its own, first with what is plugged in now. A device that is not there, or goes, is
  // logged and waited for; with one that goes, the headset is gone. Sleeps until something happens.
  HeadsetJack(std::string device, std::function<void(bool plugged)> changed);
  ~HeadsetJack();
  HeadsetJack(const HeadsetJack&) = delete;
  HeadsetJack& operator=(const HeadsetJack&) = delete;

 private:
  hal::WakeEvent stop_;
  std::jthread reader_;  // last: it uses the above
};

}  // namespace kiosk
