#pragma once

#include <string_view>

#include "base/result.h"
#include "typeset/bitmap.h"

namespace typeset {

// QR code model 2, error correction M, one dot a module, without the quiet zone (four modules of white are the
// caller's duty, ISO/IEC 18004). At most 2 331 bytes.
base::Result<DotBitmap> qr_code(std::string_view payload);

}  // namespace typeset
