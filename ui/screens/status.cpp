// What has become of earlier applications.
#include "base/check_symbol.h"
#include "base/secret.h"
#include "kiosk/date_text.h"
#include "ui/screens/card_place.h"
#include "ui/screens/key_pages.h"
#include "ui/screens/screens.h"

namespace ui {
namespace {

using offline_cache::ApplicationStatus;
using offline_cache::OfficeState;
using Where = ApplicationStatus::Where;

constexpr double kCodeField = 26.0;  // mm high
constexpr int kSymbolColumns = 8;

std::string sentence_of(const Page& page, OfficeState state) {
  switch (state) {
    case OfficeState::received:
      return page.words.text("The office received it on {date}.");
    case OfficeState::forwarded:
      return page.words.text("Passed on to those who decide, on {date}.");
    case OfficeState::in_progress:
      return page.words.text("Being worked on, as of {date}.");
    case OfficeState::needs_action:
      return page.words.text("The office needs something from you, since {date}. Please ask at the counter.");
    case OfficeState::approved:
      return page.words.text("Approved on {date}.");
    case OfficeState::refused:
      return page.words.text("Not approved, on {date}. The counter explains why.");
    case OfficeState::returned:
      return page.words.text("Sent back on {date}. Please ask at the counter and apply again.");
    case OfficeState::withdrawn:
      return page.words.text("Withdrawn on {date}.");
    case OfficeState::closed:
      return page.words.text("Finished on {date}.");
  }
  return {};
}

std::string sentence_of(const Page& page, const ApplicationStatus& status) {
  if (status.where == Where::waits_here) return page.words.text("Saved on this machine. Not yet received by the office.");
  if (status.where == Where::held_here) return page.words.text("Saved on this machine. Staff have to see to it.");
  const auto since = kiosk::in_hall(status.since, page.now);
  return filled(sentence_of(page, status.state), {{"date", kiosk::date_text(since.date, page.words.language)}});
}

// How it stands is said by the pictogram's shape too.
const char* icon_of(const ApplicationStatus& status) {
  if (status.where != Where::at_office) return "content-save";
  switch (status.state) {
    case OfficeState::approved:
    case OfficeState::closed:
      return "check-circle";
    case OfficeState::needs_action:
    case OfficeState::returned:
    case OfficeState::refused:
      return "alert";
    case OfficeState::received:
    case OfficeState::forwarded:
    case OfficeState::in_progress:
    case OfficeState::withdrawn:
      break;
  }
  return "clock";
}

bool wants_attention(const ApplicationStatus& status) {
  using enum OfficeState;
  if (status.where != Where::at_office) return true;
  return status.state == needs_action || status.state == returned || status.state == refused;
}

std::string title_of(const Page& page, const ApplicationStatus& status) {
  for (const auto& service : page.visit.services)
    if (service.id == status.service) return page.words.local(service.title);
  return page.words.text("Application");
}

void add_status(Page& page, Flow& flow, const ApplicationStatus& status, int number) {
  Notice row{"application/" + std::to_string(number),
             wants_attention(status) ? NoticeKind::attention : NoticeKind::information,
             icon_of(status),
             title_of(page, status),
             sentence_of(page, status),
             status.number.empty() ? status.receipt_code : status.number,
             Privacy::personal};
  Kit& kit = page.kit;
  flow.elastic_item(notice_height(kit, row, flow.width()), kit.gap(), 1, [&kit, row](const Box& box) { notice(kit, box, row); });
}

void add_hint(Page& page, Flow& flow, const char* id, const char* icon, const std::string& title, const std::string& text) {
  add_notice(page, flow, {id, NoticeKind::attention, icon, title, text, {}});
}

// Staff and the hotline know more when the machine does not.
void add_no_answer(Page& page, Flow& flow, base::Failure failure) {
  std::string todo = page.words.text("Keep your paper, and try again later or ask the staff.");
  if (!page.visit.hall.hotline.empty())
    todo += " " + filled(page.words.text("Telephone {number}"), {{"number", page.visit.hall.hotline}});
  add_notice(page, flow,
             {"no-answer", NoticeKind::trouble, "cloud-outline-off", page.words.text("The office cannot be asked now"), todo,
              std::string(base::entry(failure).code)});
}

void add_nothing_found(Page& page, Flow& flow, const kiosk::EarlierApplications& earlier) {
  if (earlier.answer->unknown_paper)
    return add_hint(page, flow, "none", "information", page.words.text("This machine does not know that code"),
                    page.words.text("Lay down the card you applied with, or ask at the counter."));
  if (earlier.by_paper)
    return add_hint(page, flow, "none", "information", page.words.text("The paper alone is not enough"),
                    page.words.text("Lay down the card you applied with, or ask at the counter."));
  add_hint(page, flow, "none", "information", page.words.text("The office knows no application of this card"),
           page.words.text("What you did without a card is found with its paper. Or ask at the counter."));
}

void add_answer(Page& page, Flow& flow, const kiosk::EarlierApplications& earlier) {
  const auto& answer = *earlier.answer;
  int number = 0;
  if (answer.failure) add_no_answer(page, flow, *answer.failure);
  for (const ApplicationStatus& each : answer.applications) add_status(page, flow, each, ++number);
  if (answer.applications.empty() && !answer.failure) add_nothing_found(page, flow, earlier);
}

void add_place_for_card(Page& page, Flow& flow) {
  Kit& kit = page.kit;
  const CardPlace place = card_place(page);
  flow.elastic_item(card_place_height(kit, place, flow.width()), kit.gap(), 0,
                    [&kit, place](const Box& box) { draw_card_place(kit, box, place); });
}

void add_ways_to_ask(Page& page, Flow& flow) {
  add_place_for_card(page, flow);
  if (page.visit.state.scanner.state == hal::DeviceState::online)
    add_notice(page, flow,
               {"scan",
                NoticeKind::information,
                "qrcode-scan",
                page.words.text("Or hold the code of your paper before the scanner"),
                page.words.text("It is read by itself."),
                {}});
  Button type;
  type.id = "type-code";
  type.label = page.words.text("Type the code of your paper");
  type.icon = "keyboard";
  add_button(page, flow, type, [&page] { page.emit(kiosk::TypeReceipt{}); });
}

// "7K4-29M-3" as far as it is typed.
std::string grouped(std::string_view symbols) {
  std::string shown;
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    if (i == 3 || i == 6) shown += '-';
    shown += symbols[i];
  }
  return shown;
}

void code_field(Page& page, const Box& box, std::string shown) {
  Kit& kit = page.kit;
  kit.framed(box, kit.px(6.0), kit.px(1.2), theme::kJade, theme::kCard);
  const TextLook look{std::min(20.0, kit.mm(box.h) * 0.6), true, typeset::Align::centre, theme::kInk, 1.2};
  kit.text(box, shown, look);
  SemanticNode node = kit.node(Role::field, "field/receipt", page.words.text("Code of your paper"), box);
  node.value = shown;
  node.focused = true;
  node.privacy = Privacy::personal;
  kit.add(std::move(node));
  base::wipe(shown);
}

FooterButton ask_button(const Page& page) {
  if (page.visit.can_go_on) return next_button(page.words.text("Next"), [](Page& p) { p.emit(kiosk::Next{}); });
  const int missing = page.visit.digits_missing;
  return {missing > 0 ? page.words.plural("{n} more", "{n} more", missing) : page.words.text("Please check"),
          "dots-horizontal",
          {},
          true};
}

void typing_page(Page& page) {
  Kit& kit = page.kit;
  const Box area = frame_page(page, Footer{back_button(page), true, true, ask_button(page)});
  const int gap = kit.gap();
  const Paragraph title{"title", page.words.text("Code of your paper"), title_look(kit), Role::heading};
  const int title_h = std::min(paragraph_height(kit, title, area.w), area.h / 4);
  paragraph(kit, {area.x, area.y, area.w, title_h}, title);
  const Box field{area.x, area.y + title_h + gap, area.w, kit.px(kCodeField)};
  code_field(page, field, grouped(page.visit.state.session->typed.reveal()));
  std::vector<GridKey> keys;
  for (const char symbol : base::kCrockfordSymbols)
    keys.push_back({std::string("key/") + symbol, std::string(1, symbol), {}, [&page, symbol] {
                      page.emit(kiosk::TypeText{base::Secret(std::string(1, symbol))});
                    }});
  const int top = field.bottom() + gap;
  key_pages(page, {area.x, top, area.w, area.bottom() - top}, kSymbolColumns, keys,
            {{"key/erase", page.words.text("Erase"), "backspace", [&page] { page.emit(kiosk::EraseDigit{}); }}});
}

}  // namespace

void status_screen(Page& page) {
  if (page.visit.session() == nullptr) return;
  const kiosk::EarlierApplications& earlier = page.visit.session()->earlier;
  if (earlier.typing && !earlier.asking) return typing_page(page);
  const Box area = frame_page(page, Footer{back_button(page), true, true, std::nullopt});
  draw_flow(page, area, [&](Flow& flow) {
    add_title(page, flow, page.words.text("My earlier applications"));
    if (earlier.asking) return add_lead(page, flow, "lead", page.words.text("The office is being asked. One moment, please."));
    add_visit_notice(page, flow);
    if (earlier.answer) add_answer(page, flow, earlier);
    if (page.visit.person() == nullptr && (!earlier.answer || earlier.answer->applications.empty())) add_ways_to_ask(page, flow);
  });
}

}  // namespace ui
