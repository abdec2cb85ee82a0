#include "ui/screens/digit_pad.h"

namespace ui {

void digit_pad(Page& page, const Box& box, bool with_x) {
  Kit& kit = page.kit;
  const int gap = kit.gap();
  // Where four rows would be too low for a finger, the words stand beside the digits.
  const bool flat = box.h < 4 * kit.px(kit.least_target()) + 3 * gap;
  const int columns = flat ? 4 : 3;
  const int rows = flat ? 3 : 4;
  const int w = (box.w - (columns - 1) * gap) / columns;
  const int h = (box.h - (rows - 1) * gap) / rows;
  const auto place = [&](int column, int row) { return Box{box.x + column * (w + gap), box.y + row * (h + gap), w, h}; };
  for (char digit = '1'; digit <= '9'; ++digit) {
    const int index = digit - '1';
    const std::string label(1, digit);
    if (key(kit, place(index % 3, index / 3), "digit/" + label, label)) page.emit(kiosk::PressDigit{digit});
  }
  const Box clear = flat ? place(3, 1) : place(0, 3);
  const Box zero = flat ? place(3, 2) : place(1, 3);
  const Box erase = flat ? place(3, 0) : place(2, 3);
  if (with_x && key(kit, clear, "digit/X", "X")) page.emit(kiosk::PressDigit{'X'});
  const std::string words = page.words.text("Clear");
  const bool narrow = kit.width_of(words, {kSmallestText, true}) > w - 2 * kit.px(2.0);  // a pictogram says it there
  if (!with_x && key(kit, clear, "digit/clear", words, narrow ? "close" : "")) page.emit(kiosk::ClearDigits{});
  if (key(kit, zero, "digit/0", "0")) page.emit(kiosk::PressDigit{'0'});
  if (key(kit, erase, "digit/erase", page.words.text("Erase"), "backspace")) page.emit(kiosk::EraseDigit{});
}

}  // namespace ui
