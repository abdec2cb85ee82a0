#include "kiosk/form_rows.h"
#include "ui/screens/screens.h"

namespace ui {
namespace {

constexpr double kRowPadding = 7.0;  // mm

CheckRow shown_row(const Page& page, const kiosk::CheckRow& row, std::size_t number) {
  CheckRow shown;
  shown.id = row.from_card ? "card" + std::to_string(number) : row.question;
  shown.label = row.label;
  shown.value = row.value.reveal();
  if (!row.question.empty()) shown.change = page.words.text("Change");
  return shown;
}

void draw_row(Page& page, const Box& box, const CheckRow& row) {
  Kit& kit = page.kit;
  const int pad = kit.px(kRowPadding);
  const int line = kit.px(0.5);
  kit.fill({box.x, box.y, box.w, box.h + line}, theme::kHairline);
  kit.fill({box.x + line, box.y + line, box.w - 2 * line, box.h - line}, theme::kCard);
  if (check_row(kit, {box.x + pad, box.y + line, box.w - 2 * pad, box.h - line}, row)) page.emit(kiosk::ChangeAnswer{row.id});
}

// One column of rows, or two where the panel is wide.
void add_rows(Page& page, Flow& flow, const std::vector<CheckRow>& rows, int gap) {
  Kit& kit = page.kit;
  const bool wide = kit.landscape() && page.visit.state.text_step < kiosk::TextStep::largest;
  const std::size_t columns = wide ? 2 : 1;
  const int between = kit.gap();
  const int width = wide ? (flow.width() - between) / 2 : flow.width();
  for (std::size_t first = 0; first < rows.size(); first += columns) {
    const std::size_t end = std::min(rows.size(), first + columns);
    int height = 0;
    for (std::size_t i = first; i < end; ++i)
      height = std::max(height, check_row_height(kit, rows[i], width - 2 * kit.px(kRowPadding)) + kit.px(3.0));
    flow.item(height, first == 0 ? gap : 0, [=, &page](const Box& box) {
      for (std::size_t i = first; i < end; ++i)
        draw_row(page, {box.x + static_cast<int>(i - first) * (width + between), box.y, width, box.h}, rows[i]);
    });
  }
}

void add_all_rows(Page& page, Flow& flow) {
  std::vector<CheckRow> card;
  std::vector<CheckRow> answers;
  for (const kiosk::CheckRow& row : kiosk::check_rows(page.visit.state, page.words.translations, page.words.language))
    (row.from_card ? card : answers).push_back(shown_row(page, row, card.size()));
  const int gap = page.kit.gap();
  if (!card.empty()) {
    const Paragraph from{"from-card",
                         page.words.text("From your ID card"),
                         {page.kit.measures().hint, true, typeset::Align::left, theme::kInk2, 1.4}};
    Kit& kit = page.kit;
    flow.item(paragraph_height(kit, from, flow.width()), 0, [&kit, from](const Box& box) { paragraph(kit, box, from); });
  }
  add_rows(page, flow, card, 0);
  add_rows(page, flow, answers, card.empty() ? 0 : gap);
}

void add_offline(Page& page, Flow& flow) {
  if (page.visit.state.link != offline_cache::Link::down) return;
  add_notice(page, flow,
             {"offline",
              NoticeKind::attention,
              "cloud-outline-off",
              page.words.text("There is no network now"),
              page.words.text("Your application is sealed, kept here and sent by itself later. No need to come again."),
              {}});
}

}  // namespace

void check_screen(Page& page) {
  const FooterButton submit{page.words.text("Right, send it"), "check", [](Page& p) { p.emit(kiosk::SubmitApplication{}); }};
  const Box area = frame_page(page, Footer{back_button(page), true, true, submit});
  draw_flow(page, progress_bar(page, area), [&page](Flow& flow) {
    add_title(page, flow, page.words.text("Please read this. Is it right?"));
    add_visit_notice(page, flow);
    add_all_rows(page, flow);
    add_offline(page, flow);
  });
}

}  // namespace ui
