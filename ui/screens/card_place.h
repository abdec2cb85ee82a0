#pragma once

#include "ui/screens/page.h"

namespace ui {

// Where the card goes, or why the reader cannot take one, in the resident's words.
struct CardPlace {
  bool usable = false;
  CardPanel panel;  // when usable
  Notice notice;    // when not
};
CardPlace card_place(const Page& page);
void draw_card_place(Kit& kit, const Box& box, const CardPlace& place);
int card_place_height(Kit& kit, const CardPlace& place, int width);
int least_card_place_height(Kit& kit, const CardPlace& place, int width);  // of its words at the smallest size

}  // namespace ui
