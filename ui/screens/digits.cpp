#include "base/secret.h"
#include "kiosk/form.h"
#include "kiosk/form_choices.h"
#include "ui/screens/digit_pad.h"
#include "ui/screens/entry_page.h"
#include "ui/screens/key_pages.h"

namespace ui {
namespace {

constexpr double kHighestKey = 33.0;   // mm
constexpr double kLowArea = 215.0;     // mm high
constexpr double kStaffColumn = 58.0;  // mm wide
constexpr double kLowPad = 100.0;      // mm wide: four keys
constexpr double kLeastWords = 56.0;   // mm: title and notice at their smallest
constexpr std::size_t kYearDigits = 4;
constexpr std::size_t kMonthDigits = 6;

const kiosk::Session& session_of(const Page& page) { return *page.visit.state.session; }
std::string_view typed(const Page& page) { return session_of(page).digits.reveal(); }

std::string missing_words(const Page& page, const kiosk::Question& question) {
  if (question.kind != kiosk::InputKind::date)
    return page.words.plural("{n} more digit", "{n} more digits", page.visit.digits_missing);
  if (typed(page).size() < kYearDigits) return page.words.text("First the year");
  return typed(page).size() < kMonthDigits ? page.words.text("Now the month") : page.words.text("Now the day");
}

FooterButton digits_way_on(const Page& page, const kiosk::Question& question) {
  const bool missing = page.visit.digits_missing > 0;
  return entry_way_on(page, question, typed(page).empty(),
                      missing ? missing_words(page, question) : page.words.text("Please check"));
}

std::string aside_words(const Page& page, const kiosk::Question& question) {
  if (page.visit.digits_missing > 0 && (question.kind == kiosk::InputKind::date || !typed(page).empty()))
    return missing_words(page, question);
  if (question.kind != kiosk::InputKind::amount) return {};
  const bool words = page.words.language.starts_with("zh") && !typed(page).empty();
  return words ? kiosk::chinese_number(std::stoi(std::string(typed(page)))) + "元" : page.words.text("yuan");
}

void field(Page& page, const Box& box, const kiosk::Question& question) {
  const auto layout = kiosk::key_layout(question, session_of(page));
  entry_field(page, box, question, std::string(kiosk::grouped_digits(typed(page), layout).reveal()), aside_words(page, question));
}

enum class Pad : std::uint8_t { digits, months, days };

Pad pad_of(const Page& page, const kiosk::Question& question) {
  if (question.kind != kiosk::InputKind::date || typed(page).size() < kYearDigits) return Pad::digits;
  return typed(page).size() < kMonthDigits ? Pad::months : Pad::days;
}

// Months and days have a key each: nobody has to know that March is typed as 03.
struct NumberPad {
  int last;
  int columns;
  std::size_t begins;  // digits before
};
NumberPad number_pad_of(Pad pad) { return pad == Pad::months ? NumberPad{12, 4, kYearDigits} : NumberPad{31, 7, kMonthDigits}; }

void number_pad(Page& page, const Box& box, const NumberPad& pad) {
  const auto erase = [&page](std::size_t digits) {
    for (std::size_t i = 0; i < digits; ++i) page.emit(kiosk::EraseDigit{});
  };
  const std::size_t have = typed(page).size();
  std::vector<GridKey> keys;
  for (int number = 1; number <= pad.last; ++number) {
    const std::string label = std::to_string(number);
    keys.push_back({"digit/number-" + label, label, {}, [&page, erase, have, begins = pad.begins, number] {
                      erase(have - begins);
                      page.emit(kiosk::PressDigit{static_cast<char>('0' + number / 10)});
                      page.emit(kiosk::PressDigit{static_cast<char>('0' + number % 10)});
                    }});
  }
  const std::size_t back = have > pad.begins ? have - pad.begins : pad.begins == kYearDigits ? 1 : 2;
  key_pages(page, box, pad.columns, keys,
            {{"digit/erase", page.words.text("Erase"), "backspace", [erase, back] { erase(back); }}});
}

int rows_height(const Kit& kit, int rows, double each) { return rows * kit.px(each) + (rows - 1) * kit.gap(); }

void draw_pad(Page& page, const Box& box, const kiosk::Question& question) {
  const Pad pad = pad_of(page, question);
  if (pad == Pad::digits) return digit_pad(page, box, question.kind == kiosk::InputKind::id_number);
  number_pad(page, box, number_pad_of(pad));
}

int pad_rows_height(const Page& page, Pad pad, int width, int room, double each) {
  const Kit& kit = page.kit;
  if (pad == Pad::digits) return rows_height(kit, room < rows_height(kit, 4, kit.least_target()) ? 3 : 4, each);
  const NumberPad numbers = number_pad_of(pad);
  return key_rows_height(kit, numbers.columns, numbers.last + 1, width, room, each);
}

// What is kept for the pad before the words get room; where that would leave them too little, the pad has pages.
int least_pad_height(const Page& page, Pad pad, int width, int room) {
  if (pad == Pad::digits) return rows_height(page.kit, 3, page.kit.least_target());
  return pad_rows_height(page, pad, width, room - page.kit.px(kLeastWords), page.kit.least_target());
}

int pad_height(const Page& page, Pad pad, int width, int room) {
  return std::min(pad_rows_height(page, pad, width, room, kHighestKey), std::max(0, room));
}

bool staff_may_answer(const Page& page, const kiosk::Question& question) {
  return kiosk::staff_may_answer(question) && !page.visit.state.session->part;
}

// Smaller than other buttons, so that question and field keep their room.
Button staff_beside_pad(const Page& page) {
  Button spec = staff_button(page);
  spec.em = page.kit.measures().action;
  return spec;
}

void draw_staff(Page& page, const Box& box) {
  if (button(page.kit, box, staff_beside_pad(page))) page.emit(kiosk::LeaveToStaff{});
}

// Under the field, for a number that somebody may not know. Returns its height with the gap above.
int staff_row(Page& page, const Box& above, const kiosk::Question& question, bool draw, bool low = false) {
  if (!staff_may_answer(page, question)) return 0;
  Kit& kit = page.kit;
  Button spec = staff_beside_pad(page);
  int height = button_height(kit, spec, above.w);
  if (low) {
    spec.em = kSmallestText;
    height = std::min(height, std::max(kit.px(kit.least_target()), label_height(kit, spec, above.w)));
  }
  if (draw) draw_staff(page, {above.x, above.bottom() + kit.gap(), above.w, height});
  return height + kit.gap();
}

void upright(Page& page, const Box& area, const kiosk::Question& question) {
  Kit& kit = page.kit;
  const int gap = kit.gap();
  const int field_h = field_height(kit, area);
  const Pad pad = pad_of(page, question);
  const bool wide = kit.mm(area.h) < kLowArea;  // height is dear: staff stand beside the pad
  const int aside = wide && staff_may_answer(page, question) ? kit.px(kStaffColumn) + gap : 0;
  const int staff = wide ? 0 : staff_row(page, area, question, false);
  const int room = area.h - field_h - staff - 2 * gap;
  const int words = room - least_pad_height(page, pad, area.w - aside, room);
  const int y = question_text(page, {area.x, area.y, area.w, words}, question) + gap;
  const Box entry{area.x, y, area.w, field_h};
  field(page, entry, question);
  if (!wide) staff_row(page, entry, question, true);
  const int top = entry.bottom() + staff + gap;
  const int pad_h = pad_height(page, pad, area.w - aside, area.bottom() - top);
  draw_pad(page, {area.x, top, area.w - aside, pad_h}, question);
  if (aside > 0) draw_staff(page, {area.right() - aside + gap, top, aside - gap, pad_h});
}

void side_by_side(Page& page, const Box& area, const kiosk::Question& question) {
  Kit& kit = page.kit;
  const int gap = 2 * kit.gap();
  const Pad pad = pad_of(page, question);
  const bool short_of_height = kit.mm(area.h) < kLowPage;
  const bool low = short_of_height && pad == Pad::digits;  // the pad is three keys high there
  const int right = low ? std::min(kit.px(kLowPad), (area.w - gap) / 2) : (area.w - gap) / 2;
  const int left = area.w - gap - right;
  const int field_h = field_height(kit, area);
  const int staff = staff_row(page, {area.x, area.y, left, 0}, question, false, short_of_height);
  const int y = question_text(page, {area.x, area.y, left, area.h - field_h - staff - gap / 2}, question);
  const Box entry{area.x, y + gap / 2, left, field_h};
  field(page, entry, question);
  staff_row(page, entry, question, true, short_of_height);
  draw_pad(page, {area.right() - right, area.y, right, pad_height(page, pad, right, area.h)}, question);
}

}  // namespace

void digits_screen(Page& page) {
  const kiosk::Question& question = *page.visit.question;
  const Box area = progress_bar(page, frame_page(page, Footer{back_button(page), true, true, digits_way_on(page, question)}));
  if (page.kit.landscape())
    side_by_side(page, area, question);
  else
    upright(page, area, question);
}

}  // namespace ui
