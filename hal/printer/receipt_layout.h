// A document → one picture as wide as the paper. Sizes are of the paper, not of the dots: body text is 14 point and the
// code as large as its line allows, up to digits 12 mm high, whatever the printer.
#pragma once

#include "base/result.h"
#include "hal/print_document.h"
#include "hal/printer/printer_profile.h"
#include "typeset/bitmap.h"
#include "typeset/text.h"

namespace hal {

inline constexpr int kLongestReceipt = 1000;  // mm; longer is a mistake, not a receipt

// Fails with internal when the document is too long or a QR code does not fit the paper with modules of four dots.
base::Result<typeset::DotBitmap> lay_out(const PrintDocument& document, const PrinterProfile& profile,
                                         typeset::Typesetter& typesetter);

}  // namespace hal
