#include "kiosk/form_rows.h"
#include "ui/screens/screens.h"

namespace ui {
namespace {

std::vector<CheckRow> rows_of(const Page& page) {
  std::vector<CheckRow> rows;
  for (const kiosk::CheckRow& row : kiosk::check_rows(page.visit.state, page.words.translations, page.words.language)) {
    CheckRow shown;
    shown.id = row.from_card ? "card" + std::to_string(rows.size()) : row.question;
    shown.label = row.label;
    shown.value = row.value.reveal();
    if (row.from_card) shown.source = page.words.text("from your ID card");
    if (!row.question.empty()) shown.change = page.words.text("Change");
    rows.push_back(std::move(shown));
  }
  return rows;
}

void add_row(Page& page, Flow& flow, const CheckRow& row) {
  Kit& kit = page.kit;
  const int pad = kit.px(7.0);
  const int height = check_row_height(kit, row, flow.width() - 2 * pad) + kit.px(3.0);
  flow.item(height, 0, [&kit, &page, row, pad](const Box& box) {
    kit.fill(box, theme::kCard);
    kit.fill({box.x + pad, box.bottom() - kit.px(0.5), box.w - 2 * pad, kit.px(0.5)}, theme::kHairline);
    if (check_row(kit, {box.x + pad, box.y, box.w - 2 * pad, box.h - kit.px(1.0)}, row)) page.emit(kiosk::ChangeAnswer{row.id});
  });
}

void add_offline(Page& page, Flow& flow) {
  if (page.visit.state.link != offline_cache::Link::down) return;
  add_notice(page, flow,
             {"offline", NoticeKind::attention, "cloud-outline-off", page.words.text("There is no network now"),
              page.words.text("Your application is sealed, kept here and sent by itself later. No need to come again."), {}});
}

}  // namespace

void check_screen(Page& page) {
  const FooterButton submit{page.words.text("Right, send it"), "check", [](Page& p) { p.emit(kiosk::SubmitApplication{}); }};
  const Box area = frame_page(page, {back_button(page), true, submit});
  draw_flow(page, progress_bar(page, area), [&page](Flow& flow) {
    add_title(page, flow, page.words.text("Please read this. Is it right?"));
    add_visit_notice(page, flow);
    for (const CheckRow& row : rows_of(page)) add_row(page, flow, row);
    add_offline(page, flow);
  });
}

}  // namespace ui
