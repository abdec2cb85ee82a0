// Driver of a scanner that is a keyboard, grabbed from evdev so that nothing it types reaches the screen. The last choice
// among the modes of a scanner: it cannot tell symbologies and types ASCII only.
//
// Codes whose characters came out as commands (Ctrl with a letter and the like, "BadBarcode") are refused: scan_wrong_mode.
// Keys with long pauses between them are somebody typing, and are noise.
#pragma once

#include <memory>

#include "base/clock.h"
#include "hal/code_scanner.h"
#include "hal/scanner/scanner_dialect.h"
#include "hal/scanner/scanner_timing.h"
#include "hal/transport/byte_transport.h"

namespace hal {

inline constexpr std::size_t kShortestWithoutSuffix = 4;  // characters; fewer, and no Enter after them, are noise

// The transports give whole input_event records and hold the grab. `clock` outlives the scanner, whose destruction ends
// a call in progress and returns at once.
std::unique_ptr<CodeScanner> make_wedge_scanner(std::unique_ptr<TransportFactory> transports, const base::Clock& clock,
                                                CodeScannerSink sink, ScannerTiming timing = {});

std::unique_ptr<ScannerDialect> make_wedge_dialect(const ScannerTiming& timing = {});

}  // namespace hal
