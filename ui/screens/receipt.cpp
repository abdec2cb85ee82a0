#include "kiosk/receipt.h"

#include "ui/screens/print_notice.h"
#include "ui/screens/screens.h"

namespace ui {
namespace {

using kiosk::PrintProgress;
using typeset::Align;

constexpr double kEmblem = 38.0;  // mm
constexpr double kQr = 62.0;      // mm, quiet zone included

std::string title(const Page& page) {
  return page.visit.state.session->received_number ? page.words.text("The office has your application")
                                                   : page.words.text("Your application is saved");
}

bool show_qr(const Page& page) {
  const PrintProgress print = page.visit.state.session->print;
  return print == PrintProgress::not_printed || print == PrintProgress::unknown || print == PrintProgress::none;
}

void add_card_reminder(Page& page, Flow& flow) {
  if (!page.visit.state.card_on_plate) return;
  add_notice(page, flow,
             {"card-reminder",
              NoticeKind::attention,
              "account-card-details",
              page.words.text("Do not forget your ID card"),
              page.words.text("Please take it before you leave."),
              {}});
}

void add_paragraph(Page& page, Flow& flow, const Paragraph& spec, double gap) {
  Kit& kit = page.kit;
  flow.item(paragraph_height(kit, spec, flow.width()), kit.px(gap), [&kit, spec](const Box& box) { paragraph(kit, box, spec); });
}

void add_head(Page& page, Flow& flow, bool with_emblem) {
  Kit& kit = page.kit;
  const kiosk::Session& session = *page.visit.state.session;
  const Measures& m = kit.measures();
  if (with_emblem)
    flow.heading(kit.px(kEmblem + 4.0), kit.px(kEmblem + 4.0), [&kit](const Box& box) {
      emblem(kit, {box.x, box.y, box.w, kit.px(kEmblem)}, "check", theme::kJade);
    });
  TextLook look = title_look(kit);
  look.align = Align::centre;
  const Paragraph heading{"title", title(page), look, Role::heading};
  flow.heading(paragraph_height(kit, heading, flow.width()), least_height(kit, heading, flow.width()),
               [&kit, heading](const Box& box) { paragraph(kit, box, heading); });
  add_paragraph(page, flow, {"code-label", page.words.text("Keep this code"), {m.hint, false, Align::centre, theme::kInk2, 1.4}},
                2.0);
  const std::string code = session.saved ? session.saved->receipt_code : std::string();
  const TextLook large{m.code, true, Align::centre, theme::kInk, 1.15};
  flow.item(kit.px(m.code * 1.2), 0, [&kit, code, large](const Box& box) { kit.say(box, "code", code, large); });
}

void add_sentence(Page& page, Flow& flow) {
  const Measures& m = page.kit.measures();
  const std::string sentence =
      kiosk::receipt_sentence(*page.visit.state.session, page.now, page.words.language, page.words.translations);
  add_paragraph(page, flow, {"sentence", sentence, {m.body, false, Align::centre, theme::kInk, 1.5}}, 3.0);
}

// How long the office takes, as the service promises it.
void add_promise(Page& page, Flow& flow) {
  const int days = page.visit.state.session->service->promise_days;
  if (days == 0) return;
  const std::string promise = page.words.plural("Dealt with within {n} working day after the office received it.",
                                                "Dealt with within {n} working days after the office received it.", days);
  add_paragraph(page, flow, {"promise", promise, {page.kit.measures().body, false, Align::centre, theme::kInk, 1.5}}, 3.0);
}

void add_qr(Page& page, Flow& flow) {
  const kiosk::Session& session = *page.visit.state.session;
  if (!show_qr(page) || !session.saved) return;
  Kit& kit = page.kit;
  const std::string payload = kiosk::receipt_qr(page.visit.hall, session.saved->receipt_code);
  const std::string label = page.words.text("The code as a picture: photograph it with your phone");
  flow.item(kit.px(kQr), kit.gap(), [&kit, payload, label](const Box& box) {
    const Box square{box.x + (box.w - kit.px(kQr)) / 2, box.y, kit.px(kQr), std::min(box.h, kit.px(kQr))};
    kit.qr(square, payload);
    kit.add(kit.node(Role::image, "qr", label, square));
  });
}

void upright(Page& page, const Box& area) {
  const bool emblem_fits = page.visit.state.text_step < kiosk::TextStep::large && !show_qr(page);
  draw_flow(page, area, [&page, emblem_fits](Flow& flow) {
    add_head(page, flow, emblem_fits);
    add_visit_notice(page, flow);
    add_sentence(page, flow);
    add_promise(page, flow);
    add_print(page, flow,
              {page.words.text("Your receipt is being printed"), page.words.text("Your receipt is printed"),
               page.words.text("No paper receipt")});
    add_qr(page, flow);
    add_card_reminder(page, flow);
  });
}

// False, and nothing is drawn, when the code does not fit beside the rest.
bool side_by_side(Page& page, const Box& area) {
  Kit& kit = page.kit;
  const int gap = 2 * kit.gap();
  const Box left{area.x, area.y, (area.w - gap) * 9 / 20, area.h};
  const bool large = page.visit.state.text_step >= kiosk::TextStep::large;
  const auto build = [&](Flow& flow) {
    add_head(page, flow, !large && !show_qr(page));
    if (!large) add_qr(page, flow);
  };
  if (!fits_one_page(kit, left, build)) return false;
  int unturned = 0;
  flow_pages(kit, left, unturned, {}, build);
  draw_flow(page, {left.right() + gap, area.y, area.w - left.w - gap, area.h}, [&](Flow& flow) {
    add_visit_notice(page, flow);
    add_sentence(page, flow);
    add_promise(page, flow);
    add_print(page, flow,
              {page.words.text("Your receipt is being printed"), page.words.text("Your receipt is printed"),
               page.words.text("No paper receipt")});
    if (large) add_qr(page, flow);
    add_card_reminder(page, flow);
  });
  return true;
}

}  // namespace

void receipt_screen(Page& page) {
  if (page.visit.session() == nullptr) return;
  const FooterButton another{page.words.text("One more"), "plus", [](Page& p) { p.emit(kiosk::AnotherService{}); }};
  const FooterButton done{page.words.text("Done"), "check", [](Page& p) { p.emit(kiosk::Done{}); }};
  const Box area = frame_page(page, Footer{another, true, true, done});
  const bool wide = page.kit.landscape() && page.visit.state.text_step < kiosk::TextStep::largest;
  if (!wide || !side_by_side(page, area)) upright(page, area);
}

}  // namespace ui
