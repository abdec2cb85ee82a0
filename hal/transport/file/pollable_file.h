// An open device file or socket, read and written with deadlines. One thread uses it; cancel() may come from another.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>

#include "base/file_descriptor.h"
#include "hal/transport/byte_transport.h"
#include "hal/transport/file/wake_event.h"

namespace hal {

class PollableFile {
 public:
  // `file` does not block.
  explicit PollableFile(base::FileDescriptor file);

  int get() const { return file_.get(); }

  Transferred write(std::span<const std::uint8_t> bytes, std::chrono::milliseconds patience);
  Transferred read(std::span<std::uint8_t> buffer, std::chrono::milliseconds patience);
  void cancel() { cancelled_.set(); }

 private:
  // Waits for `events`, then calls `step` (which returns as ::read does, errno included) until it moves something.
  template <class Step>
  Transferred move_once(short events, std::chrono::steady_clock::time_point deadline, Step step);

  const base::FileDescriptor file_;
  const bool is_socket_;
  WakeEvent cancelled_;
};

}  // namespace hal
