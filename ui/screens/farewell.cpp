// Screens that ask for nothing but a moment: saving, take your card, all is cleared.
#include "ui/kit/stack.h"
#include "ui/screens/screens.h"

namespace ui {
namespace {

using typeset::Align;

struct Message {
  const char* icon;
  Tone ground;
  std::string title;
  std::string text;
};

// An emblem, a title and a sentence, in the middle.
void message(Page& page, const Box& area, const Message& spec) {
  Kit& kit = page.kit;
  TextLook title = title_look(kit);
  title.align = Align::centre;
  TextLook text = lead_look(kit);
  text.align = Align::centre;
  const int gap = kit.gap();
  std::vector<StackedText> words{{spec.title, title}, {spec.text, text}};
  const int most_emblem = std::min(kit.px(70.0), area.h * 2 / 5);
  const int spare = area.h - stack_height(kit, words, area.w) - 2 * gap;
  const int emblem_h = std::min(most_emblem, std::max(spare, most_emblem * 2 / 3));
  stack(kit, words, area.w, area.h - emblem_h - 2 * gap);
  const auto [title_h, text_h] = std::pair(words[0].height, words[1].height);
  int y = area.y + std::max(0, (area.h - emblem_h - title_h - text_h - 2 * gap) * 2 / 5);
  emblem(kit, {area.x, y, area.w, emblem_h}, spec.icon, spec.ground);
  y += emblem_h + gap;
  paragraph(kit, {area.x, y, area.w, title_h}, {"title", spec.title, words[0].look, Role::heading});
  y += title_h + gap;
  paragraph(kit, {area.x, y, area.w, text_h}, {"text", spec.text, words[1].look});
}

}  // namespace

void saving_screen(Page& page) {
  const Box area = frame_page(page, Footer{std::nullopt, true, true, std::nullopt});
  message(page, area,
          {"content-save", theme::kJade, page.words.text("Saving your application"),
           page.words.text("One moment. Please do not leave yet.")});
}

void take_card_screen(Page& page) {
  const Box area = frame_page(page, Footer{std::nullopt, true, true, std::nullopt});
  const bool paper = page.visit.state.paper_to_take;
  message(page, area,
          {"account-card-details", theme::kInk,
           paper ? page.words.text("Please take your ID card and your paper") : page.words.text("Please take your ID card"),
           page.words.text("Everything you entered has been cleared.")});
}

void closed_screen(Page& page) {
  const Box area = frame_page(page, Footer{std::nullopt, true, true, std::nullopt});
  message(page, area,
          {"power", theme::kSlate, page.words.text("This machine is closed for now"),
           page.words.text("Please go to the counter. Nothing of yours was lost.")});
}

// Any touch leads back to the start, so nothing else is offered.
void wiped_screen(Page& page) {
  const Box area = frame_page(page, Footer{std::nullopt, false, false, std::nullopt});
  const bool paper = page.visit.state.paper_to_take;
  message(page, area,
          {"check", theme::kJade, page.words.text("All is cleared. Goodbye!"),
           paper ? page.words.text("Nothing of yours is on this screen any more. Please take your paper along.")
                 : page.words.text("Nothing of yours is on this screen any more.")});
}

}  // namespace ui
