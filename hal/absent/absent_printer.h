// No printer: reports `absent` once and answers every job with not_printed, print_no_printer. Not having one is normal.
#pragma once

#include <memory>

#include "hal/printer.h"

namespace hal {

// The sink is called inside the call that causes the event.
std::unique_ptr<Printer> make_absent_printer(PrinterSink sink);

}  // namespace hal
