// Driver of a camera that reads codes: frames of a Camera, looked into by another process (frame_decoder.h), and let out
// only while a screen asked for a code. While none did, the sensor is off, and no frame is anywhere.
//
// Nothing that was before the camera at the moment of arming counts until it is seen after it. A code that is refused is
// reported once for as long as it is held there. An active check takes one frame, which nobody looks into.
#pragma once

#include <filesystem>
#include <memory>

#include "base/clock.h"
#include "hal/camera/camera_thread.h"
#include "hal/camera/frame_decoder.h"
#include "hal/code_scanner.h"

namespace hal {

struct CameraScannerTiming {
  using ms = std::chrono::milliseconds;
  CameraTiming camera;
  FrameDecoderTiming decoder;
  ms held{2000};           // a refused code out of sight for so long may be refused again
  ms interactive{60'000};  // for a person to show a code
};

// The transports speak frame_wire.h; `decoder` is the program, usually frame_decoder_program(). `clock` outlives the
// scanner, whose destruction ends a call in progress and returns at once.
std::unique_ptr<CodeScanner> make_camera_scanner(std::unique_ptr<TransportFactory> transports, std::filesystem::path decoder,
                                                 const base::Clock& clock, CodeScannerSink sink, CameraScannerTiming timing = {});

}  // namespace hal
