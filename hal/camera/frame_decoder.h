// Looks for codes in frames, in another process, which may die or hang of what it is shown: that costs the frame, is
// counted, and the next frame finds a new process. One that keeps dying is started less and less often. One thread;
// cancel() may come from another.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>

#include "base/clock.h"
#include "hal/camera.h"
#include "hal/camera/decoder_process.h"
#include "hal/device_statistics.h"

namespace hal {

struct FrameDecoderTiming {
  using ms = std::chrono::milliseconds;
  ms frame{2000};       // for one frame; it takes milliseconds
  ms start{5000};       // for the process to be ready
  ms calm{10'000};      // so long without a loss, and the losses before are forgotten
  ms first_pause{250};  // before a new start, once more than kLossesForFree have come without calm; then twice as long
  ms longest_pause{30'000};
};
inline constexpr unsigned kLossesForFree = 3;

// linli-frame-decoder beside the running program, or, installed, in ../libexec/linli.
std::filesystem::path frame_decoder_program();

class FrameDecoder {
 public:
  FrameDecoder(std::filesystem::path program, const base::Clock& clock, DeviceStatistics& statistics, FrameDecoderTiming timing);

  // The code that this look found, if any. A frame of a size that is_frame_size() does not allow is not looked at.
  std::optional<DecoderReply> look(const CameraFrame& frame);
  // The process is there, and looks into an empty frame without harm. Starts it if need be, paused or not.
  bool works();
  // It died too often of late and is not started at once any more.
  bool keeps_failing() const { return losses_ > kLossesForFree; }
  const DecoderProcess* process() const { return process_.get(); }  // null: not running

  // The sensor is off: nothing is left running.
  void rest() { process_.reset(); }
  void cancel() { cancelled_.set(); }  // any thread

 private:
  void start();
  void lose();

  const std::filesystem::path program_;
  const base::Clock& clock_;
  DeviceStatistics& statistics_;
  const FrameDecoderTiming timing_;
  WakeEvent cancelled_;
  std::unique_ptr<DecoderProcess> process_;
  unsigned losses_ = 0;
  base::Instant lost_at_{};
  base::Instant not_before_{};
};

}  // namespace hal
