// Queue numbers: which window, and the number itself.
#include "kiosk/ticket.h"

#include <array>

#include "ui/screens/print_notice.h"
#include "ui/screens/screens.h"
#include "ui/screens/tiles.h"

namespace ui {
namespace {

using typeset::Align;

constexpr std::array kWindowGrounds{theme::kJade, theme::kSky, theme::kPlum, theme::kEarth};
constexpr double kNumberSize = 3.0;  // times the size of a receipt code: to be read across the room

std::vector<TileAct> window_tiles(Page& page) {
  std::vector<TileAct> tiles;
  for (const kiosk::ServiceDefinition& service : page.visit.services) {
    if (!service.ticket) continue;
    const Tone ground = kWindowGrounds[tiles.size() % kWindowGrounds.size()];
    tiles.push_back({{"service/" + service.id, page.words.local(service.title), page.words.local(service.summary),
                      service.pictogram, ground, false},
                     [&page, id = service.id] { page.emit(kiosk::ChooseService{id}); }});
  }
  return tiles;
}

void add_centred(Page& page, Flow& flow, const Paragraph& spec, double gap) {
  Kit& kit = page.kit;
  flow.item(paragraph_height(kit, spec, flow.width()), kit.px(gap), [&kit, spec](const Box& box) { paragraph(kit, box, spec); });
}

void add_number(Page& page, Flow& flow, const kiosk::VisitTicket& ticket) {
  Kit& kit = page.kit;
  const Measures& m = kit.measures();
  TextLook title = title_look(kit);
  title.align = Align::centre;
  const Paragraph heading{"title", page.words.text("Your queue number"), title, Role::heading};
  flow.heading(paragraph_height(kit, heading, flow.width()), least_height(kit, heading, flow.width()),
               [&kit, heading](const Box& box) { paragraph(kit, box, heading); });
  const std::string label = ticket.given->label;
  const TextLook large{m.code * kNumberSize, true, Align::centre, theme::kInk, 1.1};
  flow.item(kit.px(m.code * kNumberSize * 1.15), 0,
            [&kit, label, large](const Box& box) { kit.say(box, "number", label, large); });
  add_centred(page, flow, {"window", page.words.local(ticket.service->ticket->window), title}, 2.0);
}

void add_wait(Page& page, Flow& flow, const kiosk::VisitTicket& ticket) {
  const TextLook body{page.kit.measures().body, false, Align::centre, theme::kInk, 1.5};
  if (const auto ahead = kiosk::people_ahead(ticket, page.words.language, page.words.translations); !ahead.empty())
    add_centred(page, flow, {"ahead", ahead, body}, 3.0);
  add_centred(page, flow, {"wait", page.words.text("Please sit down until your number is called."), body}, 3.0);
  add_print(page, flow,
            {page.words.text("Your number is being printed"), page.words.text("Your number is printed"),
             page.words.text("No paper: remember your number"), page.words.text("You are called without paper, too.")});
}

void upright(Page& page, const Box& area, const kiosk::VisitTicket& ticket) {
  draw_flow(page, area, [&](Flow& flow) {
    add_visit_notice(page, flow);
    add_number(page, flow, ticket);
    add_wait(page, flow, ticket);
  });
}

// False, and nothing is drawn, when the number does not fit beside the rest.
bool side_by_side(Page& page, const Box& area, const kiosk::VisitTicket& ticket) {
  Kit& kit = page.kit;
  const int gap = 2 * kit.gap();
  const Box left{area.x, area.y, (area.w - gap) / 2, area.h};
  const auto build = [&](Flow& flow) { add_number(page, flow, ticket); };
  if (!fits_one_page(kit, left, build)) return false;
  int unturned = 0;
  flow_pages(kit, left, unturned, {}, build);
  draw_flow(page, {left.right() + gap, area.y, area.w - left.w - gap, area.h}, [&](Flow& flow) {
    add_visit_notice(page, flow);
    add_wait(page, flow, ticket);
  });
  return true;
}

void waiting_screen(Page& page) {
  const Box area = frame_page(page, Footer{std::nullopt, true, true, std::nullopt});
  draw_flow(page, area, [&page](Flow& flow) { add_title(page, flow, page.words.text("One moment, your number is coming")); });
}

}  // namespace

void windows_screen(Page& page) {
  const Box area = frame_page(page, Footer{back_button(page), true, true, std::nullopt});
  draw_flow(page, area, [&page](Flow& flow) {
    add_title(page, flow, page.words.text("Which window do you want to go to?"));
    add_lead(page, flow, "lead", page.words.text("One press and the number comes out."));
    add_visit_notice(page, flow);
    add_tiles(page, flow, window_tiles(page), page.kit.landscape() ? 2 : 1);
  });
}

void ticket_screen(Page& page) {
  const kiosk::Session* session = page.visit.session();
  if (session == nullptr || !session->ticket) return;
  if (!session->ticket->given) return waiting_screen(page);
  const FooterButton another{page.words.text("One more"), "plus", [](Page& p) { p.emit(kiosk::AnotherService{}); }};
  const FooterButton done{page.words.text("Done"), "check", [](Page& p) { p.emit(kiosk::Done{}); }};
  const Box area = frame_page(page, Footer{another, true, true, done});
  const bool wide = page.kit.landscape() && page.visit.state.text_step < kiosk::TextStep::large;
  if (!wide || !side_by_side(page, area, *session->ticket)) upright(page, area, *session->ticket);
}

}  // namespace ui
