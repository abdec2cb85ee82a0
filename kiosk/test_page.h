// What the printer is to put on paper when staff try it: every script it may meet, a code, a QR, and nothing personal.
#pragma once

#include "hal/print_document.h"
#include "kiosk/moment.h"
#include "kiosk/visit.h"

namespace kiosk {

hal::PrintDocument test_page(const Hall& hall, const Moment& now, const Language& language, const Translations& translations);

}  // namespace kiosk
