// What the pages for entering something have in common: the question above, the field with what was entered, what is wrong
// with it and how to mend it, the way on.
#pragma once

#include "kiosk/entry.h"
#include "ui/screens/screens.h"

namespace ui {

// Of the field for what is entered, in pixels: less on short pages.
int field_height(const Kit& kit, const Box& area);

// Names the field, says what is wrong and what to do. Empty for EntryProblem::none.
std::string problem_words(const Page& page, const kiosk::Question& question, kiosk::EntryProblem problem);
std::optional<Notice> problem_notice(const Page& page, const kiosk::Question& question);

// The question's title, or that of the part of an address.
std::string entry_title(const Page& page, const kiosk::Question& question);
// Title, then what is wrong or else one sentence, in what room there is: pads cannot be cut, so the words give way. Returns
// where they end.
int question_text(Page& page, const Box& box, const kiosk::Question& question);

// What was entered; `hint` stands at its right, smaller, where it fits.
void entry_field(Page& page, const Box& box, const kiosk::Question& question, std::string shown, const std::string& hint);

// Next, Skip while nothing is entered, or why it does not go on.
FooterButton entry_way_on(const Page& page, const kiosk::Question& question, bool empty, std::string missing);
// "Ask staff to fill this in".
Button staff_button(const Page& page);

}  // namespace ui
