// One function per screen. Each draws the whole page and emits what the resident did on it.
#pragma once

#include "ui/screens/page.h"

namespace ui {

void welcome_screen(Page& page);
void identify_screen(Page& page);
void services_screen(Page& page);
void not_eligible_screen(Page& page);
void question_screen(Page& page);
void digits_screen(Page& page);
// The kinds of question; each draws the whole page.
void words_screen(Page& page);    // name, text, and the area of an address
void compose_screen(Page& page);  // … while words are being written
void address_screen(Page& page);
void code_screen(Page& page);
void second_card_screen(Page& page);
void signature_screen(Page& page);
void photo_screen(Page& page);
void add_staff(Page& page, Flow& flow);  // "ask staff to fill this in"
void check_screen(Page& page);
void saving_screen(Page& page);
void receipt_screen(Page& page);
void status_screen(Page& page);
void windows_screen(Page& page);
void ticket_screen(Page& page);
void take_card_screen(Page& page);
void wiped_screen(Page& page);
void closed_screen(Page& page);
void attract_screen(Page& page);

void still_there_overlay(Page& page);
void card_away_overlay(Page& page);
void help_overlay(Page& page);
void voice_overlay(Page& page);
void keys_overlay(Page& page);
void staff_pin_overlay(Page& page);
void staff_overlay(Page& page);
void start_over_overlay(Page& page);

// A service's words with the card's values filled in.
std::string question_words(const Page& page, const kiosk::LocalText& text);
// Step bar at the top of `area`; returns what is left.
Box progress_bar(Page& page, const Box& area);

}  // namespace ui
