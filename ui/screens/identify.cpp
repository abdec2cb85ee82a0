#include "ui/screens/card_place.h"
#include "ui/screens/screens.h"

namespace ui {

void identify_screen(Page& page) {
  const Box area = frame_page(page, {back_button(page), true, std::nullopt});
  Kit& kit = page.kit;
  draw_flow(page, area, [&page, &kit](Flow& flow) {
    add_title(page, flow, page.words.text("First, your ID card"));
    const kiosk::ServiceDefinition* service = page.visit.service();
    const std::string title = service != nullptr ? page.words.local(service->title) : std::string();
    add_lead(page, flow, "lead",
             filled(page.words.text("For “{service}” we need your ID card, so that you need not type."), {{"service", title}}));
    add_visit_notice(page, flow);
    const CardPlace place = card_place(page);
    flow.item(card_place_height(kit, place, flow.width()), kit.px(kGap),
              [&kit, place](const Box& box) { draw_card_place(kit, box, place); });
    add_notice(page, flow,
               {"privacy", NoticeKind::information, "security", page.words.text("What is read, and why"),
                page.words.text("Name, birth date, number and address, only for this application. Cleared when you leave."), {}});
    add_lead(page, flow, "never", page.words.text("This machine never asks for passwords or codes from your phone."));
  });
}

}  // namespace ui
