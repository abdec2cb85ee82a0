// Driver for receipt printers that speak ESC/POS, over any transport.
//
// A job: ask the status (DLE EOT 1..4) → initialise → strips, waiting every few KiB until the printer has worked them off
// → process id A → cut → process id B → GS r → settle → ask the status again → PrintFinished. Anything that goes wrong
// before the first dot was sent is `not_printed`; after it, `unknown`. A job is never sent twice, in whole or in part.
//
// A printer that cannot answer (a USB printer without an answering pipe, a mechanism that is mute on USB) is told all the
// same, and whether it printed is never known: `unknown`, at best `accepted`.
//
// What a failed job leaves in the printer must not come out under the next resident's hands. So before anything else is
// printed, and as soon as the printer lets us, buffers are cleared (DLE DC4), an interrupted image is ended, and what hangs
// at the mouth is cut off. Until that is done the printer is not ready.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/clock.h"
#include "hal/printer.h"
#include "hal/printer/printer_profile.h"
#include "hal/transport/byte_transport.h"

namespace hal {

// How long to wait for what. Starting values: no printer was measured (facts §1.4).
struct EscposTiming {
  std::chrono::milliseconds reply{1'000};        // for an answer to DLE EOT or DLE DC4
  std::chrono::milliseconds stall{15'000};       // without any progress while printing
  std::chrono::milliseconds stuck{5'000};        // for an answer to GS r when nothing is wrong: an image was interrupted
  std::chrono::milliseconds job{110'000};        // to take a whole job: 90 s are 80 mm at 9600 baud; a visit waits 120 s
  std::chrono::milliseconds cooling{60'000};     // for a hot head to go on
  std::chrono::milliseconds poll{500};           // between looks at how a job is going
  std::chrono::milliseconds idle_listen{2'000};  // between looks at what the idle printer has said by itself
  std::chrono::milliseconds idle_check{10'000};  // between status queries to the idle printer, by `clock`
  std::chrono::milliseconds reopen{2'000};       // between attempts to find a printer
};

// Waits for answers take real time; `clock` only paces the idle check. All must outlive the printer.
std::unique_ptr<Printer> make_escpos_printer(std::unique_ptr<TransportFactory> transports, const base::Clock& clock,
                                             PrinterProfile profile, std::string fonts_conf, PrinterSink sink,
                                             EscposTiming timing = {});

}  // namespace hal
