#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace kiosk {

// Wakes one waiting thread; any thread rings. Rings while nobody waits are remembered as one.
class Doorbell {
 public:
  void ring() {
    {
      const std::lock_guard lock(mutex_);
      rung_ = true;
    }
    heard_.notify_one();
  }
  // Returns when it was rung, or after `patience`.
  void wait_for(std::chrono::nanoseconds patience) {
    std::unique_lock lock(mutex_);
    heard_.wait_for(lock, patience, [this] { return rung_; });
    rung_ = false;
  }

 private:
  std::mutex mutex_;
  std::condition_variable heard_;
  bool rung_ = false;
};

}  // namespace kiosk
