// An address to say yes to, or to correct part by part.
#include <array>

#include "kiosk/form.h"
#include "kiosk/form_choices.h"
#include "ui/screens/entry_page.h"

namespace ui {
namespace {

using kiosk::AddressPart;

std::string part_label(const Page& page, AddressPart part) {
  switch (part) {
    case AddressPart::area:
      return page.words.text("Place or street");
    case AddressPart::building:
      return page.words.text("Building");
    case AddressPart::unit:
      return page.words.text("Unit");
    case AddressPart::room:
      return page.words.text("Room");
  }
  return {};
}

constexpr std::array kIds{"area", "building", "unit", "room"};

void add_part(Page& page, Flow& flow, AddressPart part, bool first) {
  Kit& kit = page.kit;
  const auto index = static_cast<std::size_t>(part);
  const auto& value = page.visit.state.session->address.part.at(index);
  CheckRow row;
  row.id = kIds.at(index);
  row.label = part_label(page, part);
  row.value = value.empty() ? page.words.text("Not given") : std::string(value.reveal());
  row.change = page.words.text("Change");
  flow.item(check_row_height(kit, row, flow.width()) + kit.px(3.0), first ? kit.gap() : 0,
            [&kit, &page, row, part](const Box& box) {
              if (check_row(kit, box, row)) page.emit(kiosk::CorrectPart{part});
            });
}

void add_whole(Page& page, Flow& flow) {
  const kiosk::Session& session = *page.visit.state.session;
  std::string whole(session.whole_address.empty() ? kiosk::join_address(session.address).reveal()
                                                  : session.whole_address.reveal());
  if (whole.empty()) return;
  Notice value{"entry", NoticeKind::information, "account-card-details", whole, {}, {}};
  value.privacy = Privacy::personal;
  add_notice(page, flow, value);
  base::wipe(whole);
}

}  // namespace

void address_screen(Page& page) {
  const kiosk::Question& question = *page.visit.question;
  if (page.visit.state.session->part == AddressPart::area) return words_screen(page);
  if (page.visit.state.session->part) return digits_screen(page);
  const FooterButton on = entry_way_on(page, question, true, page.words.text("Choose one"));
  const Box area = progress_bar(page, frame_page(page, Footer{back_button(page), true, true, on}));
  draw_flow(page, area, [&](Flow& flow) {
    add_title(page, flow, question_words(page, question.title));
    add_lead(page, flow, "lead", question_words(page, question.lead));
    add_visit_notice(page, flow);
    add_whole(page, flow);
    for (std::size_t i = 0; i < kiosk::kAddressParts; ++i) add_part(page, flow, static_cast<AddressPart>(i), i == 0);
    add_staff(page, flow);
  });
}

}  // namespace ui
