// A camera on Video4Linux as a transport of frames (hal/camera/frame_wire.h): written "start", it streams and a read gives
// one frame; written "end", the sensor is off. Found, lost and found again through udev.
#pragma once

#include <memory>
#include <string>

#include "hal/transport/byte_transport.h"
#include "hal/transport/v4l2/v4l2_stream.h"

namespace hal {

// `where`: a device file or a link to one ("/dev/v4l/by-id/…"); empty: the first camera there is.
std::unique_ptr<TransportFactory> make_v4l2_transport(std::string where, FrameWish wish = kCodeFrames);

}  // namespace hal
