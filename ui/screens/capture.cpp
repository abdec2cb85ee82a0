// What is held before the machine or laid on it: a code, somebody else's card; and the finger's signature.
#include "kiosk/card_fields.h"
#include "kiosk/form_choices.h"
#include "kiosk/masking.h"
#include "kiosk/signature.h"
#include "ui/input/input_methods.h"
#include "ui/screens/card_place.h"
#include "ui/screens/entry_page.h"

namespace ui {
namespace {

constexpr double kSignatureKey = 24.0;  // mm high
constexpr double kMostSignatureKey = 32.0;
constexpr double kOneRow = 200.0;  // mm: the least width for its keys side by side

void add_read(Page& page, Flow& flow, std::string value, std::string note) {
  Notice read{"entry", NoticeKind::information, "check", std::move(value), std::move(note), {}};
  read.privacy = Privacy::masked;
  add_notice(page, flow, read);
}

void add_scanner(Page& page, Flow& flow) {
  const bool usable = page.visit.state.scanner.state == hal::DeviceState::online;
  if (usable)
    add_notice(page, flow,
               {"scan",
                NoticeKind::information,
                "qrcode-scan",
                page.words.text("Hold the code before the scanner"),
                page.words.text("It is read by itself and goes to the office with your application."),
                {}});
  else
    add_notice(page, flow,
               {"scan",
                NoticeKind::attention,
                "alert",
                page.words.text("The scanner does not work now"),
                page.words.text("Please let the staff fill this in."),
                {}});
}

std::string shown_person(const hal::Person& person) {
  return kiosk::masked_name(kiosk::full_name(person)) + "  " + kiosk::masked_number(person.id_number.reveal());
}

void add_asked_card_place(Page& page, Flow& flow) {
  Kit& kit = page.kit;
  const CardPlace place = card_place(page);
  flow.item(card_place_height(kit, place, flow.width()), kit.gap(),
            [&kit, place](const Box& box) { draw_card_place(kit, box, place); });
}

void flow_page(Page& page, const kiosk::Question& question, bool empty, std::string missing,
               const std::function<void(Flow&)>& rest) {
  const FooterButton on = entry_way_on(page, question, empty, std::move(missing));
  const Box area = progress_bar(page, frame_page(page, Footer{back_button(page), true, true, on}));
  draw_flow(page, area, [&](Flow& flow) {
    add_title(page, flow, question_words(page, question.title));
    add_lead(page, flow, "lead", question_words(page, question.lead));
    add_visit_notice(page, flow);
    if (const auto problem = problem_notice(page, question)) add_notice(page, flow, *problem);
    rest(flow);
    add_staff(page, flow);
  });
}

// The pad keeps the proportions of the grid, so that a signature keeps its own.
Box signature_pad(const Box& room) {
  const int width = std::min(room.w, room.h * kiosk::kSignatureWidth / kiosk::kSignatureHeight);
  return {room.x + (room.w - width) / 2, room.y, width, width * kiosk::kSignatureHeight / kiosk::kSignatureWidth};
}

int scaled(int value, int from, int to) { return from == 0 ? 0 : value * to / from; }

std::vector<kiosk::Stroke> signed_so_far(const Page& page) {
  return kiosk::read_signature(page.visit.state.session->typed.reveal()).value_or(std::vector<kiosk::Stroke>());
}

void draw_signed(Page& page, const Box& pad) {
  for (kiosk::Stroke stroke : signed_so_far(page)) {
    for (kiosk::InkPoint& point : stroke)
      point = {scaled(point.x, kiosk::kSignatureWidth, pad.w), scaled(point.y, kiosk::kSignatureHeight, pad.h)};
    draw_stroke(page.kit, pad, stroke, page.kit.px(2.2));
  }
}

void keep_stroke(Page& page, const Box& pad) {
  std::vector<kiosk::Stroke> strokes = signed_so_far(page);
  for (kiosk::Stroke stroke : page.input.ink().strokes()) {
    for (kiosk::InkPoint& point : stroke)
      point = {scaled(point.x, pad.w, kiosk::kSignatureWidth), scaled(point.y, pad.h, kiosk::kSignatureHeight)};
    strokes.push_back(std::move(stroke));
  }
  page.input.clear();
  page.emit(kiosk::Sign{kiosk::signature_path(strokes)});
}

std::array<Button, 3> signature_buttons(const Page& page) {
  const auto small = [&page](const char* id, std::string label) {
    Button spec;
    spec.id = id;
    spec.label = std::move(label);
    spec.em = page.kit.measures().chrome;
    spec.may_shorten = true;
    return spec;
  };
  return {small("key/undo", page.words.text("Undo")), small("key/clear", page.words.text("Wipe")),
          small("staff", page.words.text("Sign at the counter"))};
}

// In one row or two; the last one has the most words.
struct SignatureKeys {
  std::array<Box, 3> places;  // below a point
  int height;                 // of all
};

SignatureKeys signature_places(Page& page, int width, bool low) {
  Kit& kit = page.kit;
  const int gap = kit.gap();
  const bool two = kit.mm(width) < kOneRow && !low;
  const int each = two ? (width - gap) / 2 : (width - 3 * gap) / 4;
  const int last = two ? width : width - 2 * (each + gap);
  int height = kit.px(std::max(kSignatureKey, kit.least_target()));
  const auto buttons = signature_buttons(page);
  for (std::size_t i = 0; i < buttons.size(); ++i) {
    Button least = buttons[i];
    least.em = kSmallestText;
    height = std::max(height, label_height(kit, least, i < 2 ? each : last));
  }
  height = std::min(height, kit.px(kMostSignatureKey));
  const int below = two ? height + gap : 0;
  return {{Box{0, 0, each, height}, Box{each + gap, 0, each, height}, Box{two ? 0 : 2 * (each + gap), below, last, height}},
          height + below};
}

void signature_keys(Page& page, int x, int y, const SignatureKeys& keys) {
  const auto buttons = signature_buttons(page);
  const auto pressed = [&](std::size_t i) {
    const Box& place = keys.places.at(i);
    return button(page.kit, {x + place.x, y + place.y, place.w, place.h}, buttons.at(i));
  };
  if (pressed(0)) {
    std::vector<kiosk::Stroke> strokes = signed_so_far(page);
    if (!strokes.empty()) strokes.pop_back();
    page.emit(kiosk::Sign{kiosk::signature_path(strokes)});
  }
  if (pressed(1)) page.emit(kiosk::Sign{});
  if (pressed(2)) page.emit(kiosk::LeaveToStaff{});
}

}  // namespace

void code_screen(Page& page) {
  const kiosk::Question& question = *page.visit.question;
  const auto typed = page.visit.state.session->typed.reveal();
  flow_page(page, question, typed.empty(), page.words.text("No code yet"), [&](Flow& flow) {
    if (typed.empty()) return add_scanner(page, flow);
    const bool secret = question.wanted == hal::PayloadKind::opaque_token;
    add_read(page, flow, secret ? page.words.text("The code was read") : std::string(typed),
             page.words.text("Scan again to replace it."));
  });
}

void second_card_screen(Page& page) {
  const kiosk::Question& question = *page.visit.question;
  const auto& laid = page.visit.state.session->laid;
  flow_page(page, question, !laid, page.words.text("No card yet"), [&](Flow& flow) {
    if (laid)
      add_read(page, flow, shown_person(*laid), page.words.text("This card was read. It may be taken away."));
    else
      add_asked_card_place(page, flow);
  });
}

void signature_screen(Page& page) {
  Kit& kit = page.kit;
  const kiosk::Question& question = *page.visit.question;
  const bool empty = page.visit.state.session->typed.empty();
  const FooterButton on = entry_way_on(page, question, empty, page.words.text("Please sign"));
  const Box area = progress_bar(page, frame_page(page, Footer{back_button(page), true, true, on}));
  const int gap = kit.gap();
  const bool beside = area.w > area.h;
  const int text_w = beside ? (area.w - 2 * gap) / 2 : area.w;
  const SignatureKeys keys = signature_places(page, text_w, kit.mm(area.h) < kLowPage);
  const int keys_h = keys.height;
  const int most_text = area.h - keys_h - gap - (beside ? 0 : kit.px(60.0) + gap);
  const int below = question_text(page, {area.x, area.y, text_w, most_text}, question) + gap;
  const Box room = beside ? Box{area.right() - text_w, area.y, text_w, area.h}
                          : Box{area.x, below, area.w, area.bottom() - below - keys_h - gap};
  const Box pad = signature_pad(room);
  page.input.turn_to(std::nullopt);
  if (ink_pad(kit, pad, "ink", page.words.text("Sign here with the finger"), page.input.ink())) keep_stroke(page, pad);
  draw_signed(page, pad);
  signature_keys(page, area.x, beside ? area.bottom() - keys_h : pad.bottom() + gap, keys);
}

}  // namespace ui
