// The driver that all scanners over byte transports share: it opens the scanner, listens on a thread of its own, and lets
// a code out only while a screen asked for one. What the scanner's bytes mean, its dialect says.
//
// It listens also while not armed, so that what was shown then is gone: dropped unseen, and counted as refused. Arming
// draws the line: a code of which a part came before it belongs to the time before, and so does all that lies unread when
// the thread was kept from listening.
//
// A scanner unplugged stays armed; it comes back by itself.
#pragma once

#include <memory>

#include "base/clock.h"
#include "hal/code_scanner.h"
#include "hal/scanner/scan_delivery.h"
#include "hal/scanner/scanner_dialect.h"
#include "hal/scanner/scanner_timing.h"
#include "hal/transport/byte_transport.h"

namespace hal {

std::unique_ptr<CodeScanner> make_code_scanner(std::unique_ptr<TransportFactory> transports, const base::Clock& clock,
                                               CodeScannerSink sink, ScannerTiming timing,
                                               std::unique_ptr<ScannerDialect> dialect);

}  // namespace hal
