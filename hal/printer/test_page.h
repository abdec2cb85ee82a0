// What an interactive health check prints.
#pragma once

#include <string>

#include "hal/printer.h"
#include "hal/printer/escpos_identity.h"

namespace hal {

// A short page without date or person: rule lines show dead dots, Han characters the font, the QR code that a phone can
// read what comes out.
PrintDocument test_page(const PrinterProfile& profile, const PrinterIdentity& identity);

// "; the test page was cut", "; the test page is not known to have come out (PRINT-007)".
std::string describe(const PrintFinished& finished);

}  // namespace hal
