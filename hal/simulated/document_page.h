// A page of a document that says nothing, of a province that does not exist: for a simulated camera to look at. Portrait A4, a
// dot a millimetre, with its paper.
#pragma once

#include "typeset/bitmap.h"

namespace hal {

// Pages of different numbers differ in their lines, and have as many filled boxes at the bottom as the number says (up to 8).
typeset::DotBitmap document_page(unsigned number);

}  // namespace hal
