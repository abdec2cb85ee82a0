#pragma once

#include "ui/screens/page.h"

namespace ui {

// Ten digits, clear and erase, as on a telephone; emits PressDigit, ClearDigits and EraseDigit.
// `with_x`: the last place of an identity number may be X, and its key has the place of clear.
void digit_pad(Page& page, const Box& box, bool with_x = false);

}  // namespace ui
