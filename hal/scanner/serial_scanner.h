// Driver of a scanner on a serial line, or on USB as one (CDC-ACM). Codes end by silence, with or without a suffix; an AIM
// identifier before a code is taken off and tells its symbology.
#pragma once

#include <memory>

#include "base/clock.h"
#include "hal/code_scanner.h"
#include "hal/scanner/scanner_dialect.h"
#include "hal/scanner/scanner_timing.h"
#include "hal/transport/byte_transport.h"

namespace hal {

// `clock` outlives the scanner. Destroying the scanner ends a call in progress and returns at once.
std::unique_ptr<CodeScanner> make_serial_scanner(std::unique_ptr<TransportFactory> transports, const base::Clock& clock,
                                                 CodeScannerSink sink, ScannerTiming timing = {});

std::unique_ptr<ScannerDialect> make_serial_scanner_dialect(const ScannerTiming& timing = {});

}  // namespace hal
