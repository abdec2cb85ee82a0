#pragma once

#include "ui/screens/page.h"

namespace ui {

// Ten digits, clear and erase, as on a telephone; emits PressDigit, ClearDigits and EraseDigit.
void digit_pad(Page& page, const Box& box);

}  // namespace ui
