#include "ui/screens/screens.h"

namespace ui {

void not_eligible_screen(Page& page) {
  const Box area = frame_page(page, Footer{back_button(page), true, true, std::nullopt});
  draw_flow(page, area, [&page](Flow& flow) {
    const kiosk::Session* session = page.visit.session();
    const bool later = session != nullptr && session->eligibility.outcome == kiosk::Eligibility::not_yet;
    add_title(page, flow, later ? page.words.text("This is not possible yet") : page.words.text("This is not possible here"));
    if (page.visit.service() != nullptr) add_lead(page, flow, "service", page.words.local(page.visit.service()->title));
    add_visit_notice(page, flow);
    if (session != nullptr)
      for (const kiosk::LocalText& reason : session->eligibility.say)
        add_notice(page, flow,
                   {"reason", NoticeKind::attention, later ? "calendar-clock" : "information", {}, page.words.local(reason), {}});
    add_lead(page, flow, "next-step", page.words.text("If you think this is wrong, please ask the staff. Nothing was sent."));
  });
}

}  // namespace ui
