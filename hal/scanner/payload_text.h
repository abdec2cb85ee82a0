// Bytes of a scanned code as text that is safe to keep. Pure.
#pragma once

#include <cstdint>
#include <span>

#include "base/result.h"
#include "base/secret.h"

namespace hal {

inline constexpr std::size_t kLongestCode = 2953;        // bytes: the largest QR code in byte mode
inline constexpr std::size_t kLongestScannerSuffix = 2;  // bytes: CR, LF, CR LF or TAB, as scanners append

// The bytes without what a scanner appended.
std::span<const std::uint8_t> without_scanner_suffix(std::span<const std::uint8_t> bytes);

// UTF-8, strictly; what is not is tried as GB 18030, which most Chinese code generators wrote for long. A byte order mark
// goes. Fails with
//   scan_unreadable  when it is empty or neither encoding
//   scan_unsafe      for NUL, C0 and C1 controls, noncharacters, bidirectional controls and other characters that hide
//   scan_not_wanted  when it is longer than a code can be, or has the field separator of GS1 where `gs1` allows one
base::Result<base::Secret> decode_payload_text(std::span<const std::uint8_t> bytes, bool gs1);

}  // namespace hal
