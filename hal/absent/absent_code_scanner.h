// No code scanner, on purpose: for a machine that has none. It says so once, and never scans anything.
#pragma once

#include <memory>

#include "hal/code_scanner.h"

namespace hal {

// The sink is called inside the call that causes the event.
std::unique_ptr<CodeScanner> make_absent_code_scanner(CodeScannerSink sink);

}  // namespace hal
