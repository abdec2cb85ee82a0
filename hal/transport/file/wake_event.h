// Ends a thread's waiting in poll() from another thread.
#pragma once

#include <chrono>
#include <cstdint>

#include "base/file_descriptor.h"

namespace hal {

enum class Woken : std::uint8_t { ready, timeout, cancelled };

class WakeEvent {
 public:
  WakeEvent();

  void set();  // any thread; stays set
  bool is_set() const;
  int get() const { return event_.get(); }  // readable once set

  // Waits until `file` has one of poll()'s `events`, is broken (then `ready` too: the next call says how), the deadline
  // has passed, or the event is set. A negative `file` only waits.
  Woken wait(int file, short events, std::chrono::steady_clock::time_point deadline) const;

 private:
  base::FileDescriptor event_;
};

}  // namespace hal
