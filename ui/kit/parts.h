// What is read: headings, paragraphs, notices, progress, rows of the check page, codes. Each widget comes with the height
// it wants at a given width, so that pages can be cut where nothing is torn.
#pragma once

#include <string>
#include <string_view>

#include "ui/kit/kit.h"

namespace ui {

TextLook title_look(const Kit& kit);
TextLook lead_look(const Kit& kit);

// Text of any look with its node; the look's alignment holds.
struct Paragraph {
  std::string id;
  std::string text;
  TextLook look;
  Role role = Role::text;
  Privacy privacy = Privacy::open;
};
void paragraph(Kit& kit, const Box& box, const Paragraph& spec);
int paragraph_height(Kit& kit, const Paragraph& spec, int width);
int least_height(Kit& kit, const Paragraph& spec, int width);  // at the smallest size

enum class NoticeKind : std::uint8_t { plain, information, attention, trouble };

// A coloured box with a pictogram and one or two texts.
struct Notice {
  std::string id;
  NoticeKind kind = NoticeKind::information;
  std::string icon;
  std::string title;  // bold; may be empty
  std::string text;   // may be empty
  std::string code;   // a failure code for the staff, small; may be empty
  Privacy privacy = Privacy::open;
};
void notice(Kit& kit, const Box& box, const Notice& spec);
int notice_height(Kit& kit, const Notice& spec, int width);
int least_notice_height(Kit& kit, const Notice& spec, int width);  // of its words at the smallest size

// "Senior allowance ▬▬▬▭▭ Step 2 of 5"
struct Progress {
  std::string name;
  std::string words;
  int number = 0;
  int of = 1;
};
void progress(Kit& kit, const Box& box, const Progress& spec);

// A value with its label: above it beside a "change" button, or, when there is nothing to change, in front of it.
struct CheckRow {
  std::string id;
  std::string label;
  std::string value;
  std::string change;  // label of the button; empty = cannot be changed here
  Privacy privacy = Privacy::personal;
};
bool check_row(Kit& kit, const Box& box, const CheckRow& spec);  // true when "change" was activated
int check_row_height(Kit& kit, const CheckRow& spec, int width);

// Where the card is to be laid. `pointer` stands beside an arrow to the reader; empty = none.
struct CardPanel {
  std::string title;
  std::string text;
  std::string pointer;
};
void card_panel(Kit& kit, const Box& box, const CardPanel& spec);
int card_panel_height(Kit& kit, const CardPanel& spec, int width);
int least_card_panel_height(Kit& kit, const CardPanel& spec, int width);

// A pictogram on a disc, in the middle of the box.
void emblem(Kit& kit, const Box& box, std::string_view icon, Tone ground);

}  // namespace ui
