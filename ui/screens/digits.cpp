#include "base/secret.h"
#include "kiosk/form_choices.h"
#include "ui/screens/digit_pad.h"
#include "ui/screens/screens.h"

namespace ui {
namespace {

constexpr double kHighestKey = 33.0;  // mm
constexpr double kField = 32.0;       // mm high
constexpr double kLowField = 20.0;    // mm high, on short pages
constexpr double kShortPage = 190.0;  // mm high

std::string missing_words(const Page& page) {
  return page.words.plural("{n} more digit", "{n} more digits", page.visit.digits_missing);
}

FooterButton way_on(const Page& page, const kiosk::Question& question) {
  const bool empty = page.visit.state.session->digits.empty();
  if (question.optional && empty) return next_button(page.words.text("Skip"), [](Page& p) { p.emit(kiosk::Skip{}); });
  if (page.visit.can_go_on) return next_button(page.words.text("Next"), [](Page& p) { p.emit(kiosk::Next{}); });
  if (page.visit.digits_missing > 0) return {missing_words(page), "dots-horizontal", {}, true};
  return {page.words.text("Please check the number"), "dots-horizontal", {}, true};
}

void field(Page& page, const Box& box, const kiosk::Question& question) {
  Kit& kit = page.kit;
  kit.framed(box, kit.px(6.0), kit.px(1.2), theme::kJade, theme::kCard);
  std::string shown(kiosk::grouped_digits(page.visit.state.session->digits.reveal(), question.digits).reveal());
  const int pad = kit.px(8.0);
  const TextLook digits{std::min(20.0, kit.mm(box.h) * 0.6), true, typeset::Align::left, theme::kInk, 1.2};
  const TextLook count{kit.measures().hint, true, typeset::Align::right, theme::kInk2, 1.2};
  const std::string missing = page.visit.digits_missing > 0 && !shown.empty() ? missing_words(page) : std::string();
  const int count_w = missing.empty() ? 0 : std::min(box.w / 3, kit.width_of(missing, count) + 2);
  const int room = box.w - 2 * pad - count_w - kit.px(5.0);
  kit.text({box.x + pad, box.y, room, box.h}, shown, digits);
  kit.text({box.right() - pad - count_w, box.y, count_w, box.h}, missing, count);
  const int caret = box.x + pad + std::min(room, kit.width_of(shown, digits)) + kit.px(1.0);
  kit.fill({caret, box.y + box.h / 5, kit.px(1.0), box.h * 3 / 5}, theme::kJade);
  SemanticNode node = kit.node(Role::field, "field/" + question.id, page.words.local(question.label), box);
  node.value = shown;
  node.hint = missing;
  node.focused = true;
  node.privacy = Privacy::personal;
  kit.add(std::move(node));
  base::wipe(shown);
}

int keypad_height(const Kit& kit, int room) {
  const int least = 3 * kit.px(kSmallestTarget) + 2 * kit.px(kGap);
  const int most = 4 * kit.px(kHighestKey) + 3 * kit.px(kGap);
  return std::clamp(room, least, most);
}

int least_height(Kit& kit, Paragraph spec, int width) {
  spec.look.em = kSmallestText;
  return paragraph_height(kit, spec, width);
}

// Question, sentence and notice in what room there is: the key pad cannot be cut, so the words give way, the large ones first.
int question_text(Page& page, const Box& box, const kiosk::Question& question) {
  Kit& kit = page.kit;
  const int gap = kit.px(2.0);
  const Paragraph title{"title", question_words(page, question.title), title_look(kit), Role::heading};
  const Paragraph lead{"lead", question_words(page, question.lead), lead_look(kit)};
  const auto& failed = page.visit.state.notice;
  const int below = failed ? box.h / 2 : lead.text.empty() ? 0 : least_height(kit, lead, box.w) + gap;
  const int title_room = std::max(least_height(kit, title, box.w), box.h - below);
  const int title_h = std::min(paragraph_height(kit, title, box.w), title_room);
  paragraph(kit, {box.x, box.y, box.w, title_h}, title);
  const int y = box.y + title_h + gap;
  if (failed) {
    const Notice spec = failure_notice(page, *failed);
    const int height = std::min(notice_height(kit, spec, box.w), box.bottom() - y);
    notice(kit, {box.x, y, box.w, height}, spec);
    return y + height;
  }
  if (lead.text.empty()) return y;
  const int lead_h = std::min(paragraph_height(kit, lead, box.w), box.bottom() - y);
  paragraph(kit, {box.x, y, box.w, lead_h}, lead);
  return y + lead_h;
}

void upright(Page& page, const Box& area, const kiosk::Question& question) {
  Kit& kit = page.kit;
  const int gap = kit.px(kGap);
  const int field_h = kit.px(kit.mm(area.h) < kShortPage ? kLowField : kField);
  const int least = keypad_height(kit, 0);
  const int y = question_text(page, {area.x, area.y, area.w, area.h - least - field_h - 2 * gap}, question) + gap;
  field(page, {area.x, y, area.w, field_h}, question);
  const int top = y + field_h + gap;
  digit_pad(page, {area.x, top, area.w, keypad_height(kit, area.bottom() - top)});
}

void side_by_side(Page& page, const Box& area, const kiosk::Question& question) {
  Kit& kit = page.kit;
  const int gap = kit.px(2 * kGap);
  const int half = (area.w - gap) / 2;
  const int field_h = kit.px(kit.mm(area.h) < kShortPage ? kLowField : kField);
  const int y = question_text(page, {area.x, area.y, half, area.h - field_h - gap / 2}, question);
  field(page, {area.x, y + gap / 2, half, field_h}, question);
  digit_pad(page, {area.x + half + gap, area.y, half, keypad_height(kit, area.h)});
}

}  // namespace

void digits_screen(Page& page) {
  const kiosk::Question& question = *page.visit.question;
  const Box area = progress_bar(page, frame_page(page, Footer{back_button(page), true, true, way_on(page, question)}));
  if (page.kit.landscape())
    side_by_side(page, area, question);
  else
    upright(page, area, question);
}

}  // namespace ui
