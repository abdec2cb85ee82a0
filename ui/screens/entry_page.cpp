#include "ui/screens/entry_page.h"

#include "base/secret.h"
#include "kiosk/date_text.h"
#include "kiosk/day_range.h"

namespace ui {
namespace {

constexpr double kField = 32.0;       // mm high
constexpr double kLowField = 20.0;    // mm high, on short pages
constexpr double kShortPage = 215.0;  // mm high

using kiosk::AddressPart;
using kiosk::EntryProblem;

std::string with_number(std::string text, int number) { return filled(std::move(text), {{"n", std::to_string(number)}}); }

std::string day_problem(const Page& page, const kiosk::Question& question, EntryProblem problem) {
  const kiosk::Session& session = *page.visit.state.session;
  const auto& bound = problem == EntryProblem::day_too_early ? question.days.first : question.days.last;
  const std::chrono::year_month_day day{kiosk::day_of(bound, session.today)};
  const std::string words = kiosk::date_text(day, page.words.language);
  if (problem == EntryProblem::day_too_early)
    return filled(page.words.text("This is too early. From {day} on, please."), {{"day", words}});
  return filled(page.words.text("This is too late. Until {day}, please."), {{"day", words}});
}

std::string part_title(const Page& page, AddressPart part) {
  switch (part) {
    case AddressPart::area:
      return page.words.text("Which place or street?");
    case AddressPart::building:
      return page.words.text("What is the building's number?");
    case AddressPart::unit:
      return page.words.text("What is the unit's number?");
    case AddressPart::room:
      return page.words.text("What is the room's number?");
  }
  return {};
}

}  // namespace

std::string problem_words(const Page& page, const kiosk::Question& question, EntryProblem problem) {
  switch (problem) {
    case EntryProblem::none:
      return {};
    case EntryProblem::phone_start:
      return page.words.text("A mobile number begins with 13 to 19, a landline with 0. Please erase and type again.");
    case EntryProblem::id_date:
      return page.words.text("Digits 7 to 14 are the birth date. Please compare them with the card.");
    case EntryProblem::id_check:
      return page.words.text("One digit is wrong. Please check the card.");
    case EntryProblem::amount_low:
      return with_number(page.words.text("This is too little. At least {n} yuan, please."), question.amount.least);
    case EntryProblem::amount_high:
      return with_number(page.words.text("This is too much. At most {n} yuan, please."), question.amount.most);
    case EntryProblem::no_such_day:
      return page.words.text("There is no such day. Please erase and choose again.");
    case EntryProblem::day_too_early:
    case EntryProblem::day_too_late:
      return day_problem(page, question, problem);
    case EntryProblem::day_closed:
      return page.words.text("We are closed on that day. Please choose another one.");
    case EntryProblem::too_long:
      return page.words.text("There is no more room. Please make it shorter.");
    case EntryProblem::same_card:
      return page.words.text("This is your own card. Please lay the other person's card.");
    case EntryProblem::not_accepted:
      break;
  }
  return page.words.text("This cannot be right. Please check it and type again.");
}

std::optional<Notice> problem_notice(const Page& page, const kiosk::Question& question) {
  const std::string words = problem_words(page, question, kiosk::entry_problem(question, *page.visit.state.session));
  if (words.empty()) return std::nullopt;
  return Notice{"error", NoticeKind::attention, "alert", page.words.local(question.label), words, {}};
}

std::string entry_title(const Page& page, const kiosk::Question& question) {
  const auto part = page.visit.state.session->part;
  return part ? part_title(page, *part) : question_words(page, question.title);
}

int field_height(const Kit& kit, const Box& area) { return kit.px(kit.mm(area.h) < kShortPage ? kLowField : kField); }

int question_text(Page& page, const Box& box, const kiosk::Question& question) {
  Kit& kit = page.kit;
  const int gap = kit.px(2.0);
  std::optional<Notice> spec = problem_notice(page, question);
  if (page.visit.state.notice) spec = failure_notice(page, *page.visit.state.notice);
  Paragraph title{"title", entry_title(page, question), title_look(kit), Role::heading};
  Paragraph lead{"lead", question_words(page, question.lead), lead_look(kit)};
  title.look.may_shorten = lead.look.may_shorten = true;
  // What a photograph is for was said before the camera was switched on.
  const bool led = question.kind != kiosk::InputKind::photo && !spec && !lead.text.empty() && !page.visit.state.session->part &&
                   !page.visit.state.session->way;
  const int line = kit.px(kSmallestText * kClosestLines);
  const int beside_title = box.h - gap - least_height(kit, title, box.w);
  TextLook smallest_lead = lead.look;
  smallest_lead.em = kSmallestText;  // with room between its lines, where there is any
  int below = led ? kit.height_of(lead.text, smallest_lead, box.w) : 0;
  if (spec) {
    below = std::min(notice_height(kit, *spec, box.w), box.h * 3 / 4);
    if (below > beside_title) below = std::max(beside_title, least_notice_height(kit, *spec, box.w));
  }
  if (led) below = std::max(line, std::min(below, beside_title));
  const int title_room = std::max(line, box.h - gap - below);
  const int title_h = std::min(paragraph_height(kit, title, box.w), title_room);
  paragraph(kit, {box.x, box.y, box.w, title_h}, title);
  const int y = box.y + title_h + gap;
  if (spec) {
    if (notice_height(kit, *spec, box.w) > box.bottom() - y) spec->title.clear();  // the page's title says it too
    const int height = std::min(notice_height(kit, *spec, box.w), box.bottom() - y);
    notice(kit, {box.x, y, box.w, height}, *spec);
    return y + height;
  }
  if (!led) return y;
  const int lead_h = std::min(paragraph_height(kit, lead, box.w), box.bottom() - y);
  paragraph(kit, {box.x, y, box.w, lead_h}, lead);
  return y + lead_h;
}

void entry_field(Page& page, const Box& box, const kiosk::Question& question, std::string shown, const std::string& hint) {
  Kit& kit = page.kit;
  kit.framed(box, kit.px(6.0), kit.px(1.2), theme::kJade, theme::kCard);
  const int pad = kit.px(8.0);
  const double highest = std::max(kSmallestText, kit.mm(box.h) * 0.6);
  const TextLook entered{std::min(20.0, highest), true, typeset::Align::left, theme::kInk, 1.25};
  const TextLook small{std::min(kit.measures().hint, highest), true, typeset::Align::right, theme::kInk2, 1.25};
  const TextLook smallest{kSmallestText, true};
  const int most = box.w * 2 / 5;
  const std::string& aside = kit.width_of(hint, smallest) < most ? hint : std::string();  // the way on says it too
  const int aside_w = aside.empty() ? 0 : std::min(most, kit.width_of(aside, small) + 2);
  const int room = box.w - 2 * pad - aside_w - kit.px(5.0);
  kit.text({box.x + pad, box.y, room, box.h}, shown, entered);
  kit.text({box.right() - pad - aside_w, box.y, aside_w, box.h}, aside, small);
  const int caret = box.x + pad + std::min(room, kit.width_of(shown, entered)) + kit.px(1.0);
  kit.fill({caret, box.y + box.h / 5, kit.px(1.0), box.h * 3 / 5}, theme::kJade);
  SemanticNode node = kit.node(Role::field, "field/" + question.id, page.words.local(question.label), box);
  node.value = shown;
  node.hint = hint;
  node.focused = true;
  node.privacy = Privacy::personal;
  kit.add(std::move(node));
  base::wipe(shown);
}

FooterButton entry_way_on(const Page& page, const kiosk::Question& question, bool empty, std::string missing) {
  if (page.visit.can_go_on) return next_button(page.words.text("Next"), [](Page& p) { p.emit(kiosk::Next{}); });
  if (question.optional && empty) return next_button(page.words.text("Skip"), [](Page& p) { p.emit(kiosk::Skip{}); });
  return {std::move(missing), "dots-horizontal", {}, true};
}

Button staff_button(const Page& page) {
  Button spec;
  spec.id = "staff";
  spec.label = page.words.text("Ask staff to fill this in");
  spec.icon = "account-circle";
  return spec;
}

}  // namespace ui
