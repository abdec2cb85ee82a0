#pragma once

#include "hal/print_document.h"

namespace hal {

// Overwrites every text of a document that has been printed.
void wipe(PrintDocument& document);

}  // namespace hal
