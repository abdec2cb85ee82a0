// One run of linli-frame-decoder: a process with no network, no files and little memory, that looks into frames. Frames go
// there through memory that both see, which is overwritten after each. One thread; its end kills the process.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>

#include "base/file_descriptor.h"
#include "hal/frame_decoder/decoder_message.h"
#include "hal/transport/file/wake_event.h"

namespace hal {

class DecoderProcess {
 public:
  // Null when it cannot be started or does not say that it is ready; the log says why.
  static std::unique_ptr<DecoderProcess> start(const std::filesystem::path& program, const WakeEvent& cancelled,
                                               std::chrono::milliseconds patience);
  ~DecoderProcess();
  DecoderProcess(const DecoderProcess&) = delete;
  DecoderProcess& operator=(const DecoderProcess&) = delete;

  // What the next step of the ladder sees in the frame. Nothing: it died, hangs, talks nonsense or `cancelled` was set;
  // it is of no use any more. `pixels` is width × height, a size that is_frame_size() allows.
  std::optional<DecoderReply> look(std::span<const std::uint8_t> pixels, int width, int height, const WakeEvent& cancelled,
                                   std::chrono::milliseconds patience);

  pid_t pid() const { return pid_; }
  bool filtered() const { return filtered_; }  // its system calls are limited; its memory and files always are

 private:
  class Memory;

  DecoderProcess(std::unique_ptr<Memory> memory, base::FileDescriptor socket, pid_t pid);
  std::optional<DecoderReply> hear(const WakeEvent& cancelled, std::chrono::milliseconds patience);

  std::unique_ptr<Memory> memory_;
  base::FileDescriptor socket_;
  pid_t pid_;
  std::uint32_t sequence_ = 0;
  bool filtered_ = false;
};

}  // namespace hal
