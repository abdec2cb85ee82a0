// The QR decoders in the distribution that ours is measured beside, each as its authors ship it: QR codes only, one of them.
#pragma once

#include <string>

#include "hal/frame_decoder/grey_image.h"

namespace bench {

// The bytes of the code; empty: none was found, or the library gave up.
std::string read_with_zxing(hal::GreyView picture);
std::string read_with_zbar(hal::GreyView picture);

}  // namespace bench
