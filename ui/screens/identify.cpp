#include "ui/screens/card_place.h"
#include "ui/screens/screens.h"

namespace ui {
namespace {

Notice what_is_read(const Page& page) {
  return {"privacy",
          NoticeKind::information,
          "security",
          page.words.text("What is read, and why"),
          page.words.text("Name, birth date, number and address, only for this application. Cleared when you leave."),
          {}};
}

// Beside each other where both fit, else one below the other.
void add_place_and_privacy(Page& page, Flow& flow) {
  Kit& kit = page.kit;
  const bool wide = kit.landscape() && page.visit.state.text_step < kiosk::TextStep::largest;
  const CardPlace place = card_place(page);
  const Notice privacy = what_is_read(page);
  add_grid(page, flow, wide ? 2 : 1,
           {{[&kit, place](int width) { return card_place_height(kit, place, width); },
             [&kit, place](const Box& box) { draw_card_place(kit, box, place); }},
            {[&kit, privacy](int width) { return notice_height(kit, privacy, width); },
             [&kit, privacy](const Box& box) { notice(kit, box, privacy); }}});
}

}  // namespace

void identify_screen(Page& page) {
  const Box area = frame_page(page, Footer{back_button(page), true, true, std::nullopt});
  draw_flow(page, area, [&page](Flow& flow) {
    add_title(page, flow, page.words.text("First, your ID card"));
    const kiosk::ServiceDefinition* service = page.visit.service();
    const std::string title = service != nullptr ? page.words.local(service->title) : std::string();
    add_lead(page, flow, "lead",
             filled(page.words.text("For “{service}” we need your ID card, so that you need not type."), {{"service", title}}));
    add_visit_notice(page, flow);
    add_place_and_privacy(page, flow);
    add_lead(page, flow, "never", page.words.text("This machine never asks for passwords or codes from your phone."));
  });
}

}  // namespace ui
