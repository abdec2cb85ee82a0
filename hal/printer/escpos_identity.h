// Who the printer says it is (GS I).
#pragma once

#include <string>

#include "hal/printer/escpos_link.h"

namespace hal {

// Readable ASCII of at most 40 characters each; empty: it did not say.
struct PrinterIdentity {
  std::string model;
  std::string serial;
  std::string firmware;
};

// Asks an idle, healthy printer. The first silence ends it: whoever does not know one of the queries knows none. Ends with
// ESC @, because a printer that knows none may have taken them for text of a line that has not ended.
PrinterIdentity ask_printer_identity(EscposLink& link, const PrinterProfile& profile);

// ", model TM-T20III, serial J5XF012345, firmware 1.23 ESC/POS": what is known of it, or nothing at all.
std::string describe(const PrinterIdentity& identity);

}  // namespace hal
