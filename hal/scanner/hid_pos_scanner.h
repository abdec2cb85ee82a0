// Driver of a scanner that is a HID Point of Sale device. Whose it is does not matter: its report descriptor says where
// what lies. A scanner that comes up as a keyboard is refused (scan_wrong_mode): somebody showed it the wrong sheet.
#pragma once

#include <memory>

#include "base/clock.h"
#include "hal/code_scanner.h"
#include "hal/scanner/scanner_dialect.h"
#include "hal/scanner/scanner_timing.h"
#include "hal/transport/byte_transport.h"

namespace hal {

// The transports give one report for each read, and info().report_descriptor. A report written whose id the descriptor
// knows only of a feature report is to be sent as one. `clock` outlives the scanner, whose destruction ends a call in
// progress and returns at once.
std::unique_ptr<CodeScanner> make_hid_pos_scanner(std::unique_ptr<TransportFactory> transports, const base::Clock& clock,
                                                  CodeScannerSink sink, ScannerTiming timing = {});

std::unique_ptr<ScannerDialect> make_hid_pos_dialect(const ScannerTiming& timing = {});

}  // namespace hal
