// A question answered in words, and how to give them: the least trouble first (facts: accessibility §2.5).
#include <array>

#include "kiosk/form_choices.h"
#include "kiosk/words_entry.h"
#include "ui/input/input_methods.h"
#include "ui/screens/entry_page.h"

namespace ui {
namespace {

using kiosk::TextWay;

struct WayButton {
  TextWay way;
  const char* id;
  const char* icon;
};
constexpr std::array<WayButton, 4> kWays{{{TextWay::scan, "way/scan", "qrcode-scan"},
                                          {TextWay::handwriting, "way/handwriting", "brush"},
                                          {TextWay::pinyin, "way/pinyin", "keyboard"},
                                          {TextWay::strokes, "way/strokes", "vector-line"}}};

std::string way_words(const Page& page, TextWay way) {
  switch (way) {
    case TextWay::scan:
      return page.words.text("Scan it");
    case TextWay::handwriting:
      return page.words.text("Write with the finger");
    case TextWay::pinyin:
      return page.words.text("Spell it in pinyin");
    case TextWay::strokes:
      return page.words.text("Type the strokes");
  }
  return {};
}

bool offers(const Page& page, TextWay way) {
  if (way == TextWay::scan) return page.visit.state.scanner.state == hal::DeviceState::online;
  return page.input.offers(way);
}

void add_entry(Page& page, Flow& flow) {
  const auto typed = page.visit.state.session->typed.reveal();
  if (typed.empty()) return;
  Notice entry{"entry", NoticeKind::information, "check", std::string(typed), {}, {}};
  entry.privacy = Privacy::personal;
  add_notice(page, flow, entry);
  const auto add = [&](const char* id, std::string label, const char* icon, auto event) {
    Button spec;
    spec.id = id;
    spec.label = std::move(label);
    spec.icon = icon;
    return GridItem{[&page, spec](int width) { return button_height(page.kit, spec, width); },
                    [&page, spec, event](const Box& box) {
                      if (button(page.kit, box, spec)) page.emit(event);
                    }};
  };
  add_grid(page, flow, 2,
           {add("erase", page.words.text("Erase one"), "backspace", kiosk::EraseDigit{}),
            add("clear", page.words.text("Clear"), "close", kiosk::ClearDigits{})});
}

void add_phrases(Page& page, Flow& flow, const kiosk::Question& question) {
  std::vector<GridItem> items;
  for (const kiosk::LocalText& phrase : question.phrases) {
    const std::size_t index = items.size();
    Choice made;
    made.id = "phrase/" + std::to_string(index);
    made.label = page.words.local(phrase);
    made.selected = page.visit.state.session->typed.reveal() == made.label;
    items.push_back({[&page, made](int width) { return choice_height(page.kit, made, width); },
                     [&page, made, index](const Box& box) {
                       if (choice(page.kit, box, made)) page.emit(kiosk::ChoosePhrase{index});
                     },
                     true});
  }
  const bool wide = page.kit.landscape() && page.visit.state.text_step < kiosk::TextStep::largest;
  add_grid(page, flow, wide ? 2 : 1, items);
}

void add_ways(Page& page, Flow& flow) {
  std::vector<GridItem> items;
  for (const WayButton& each : kWays) {
    if (!offers(page, each.way)) continue;
    Button spec;
    spec.id = each.id;
    spec.label = way_words(page, each.way);
    spec.icon = each.icon;
    const TextWay way = each.way;
    items.push_back({[&page, spec](int width) { return button_height(page.kit, spec, width); },
                     [&page, spec, way](const Box& box) {
                       if (button(page.kit, box, spec)) page.emit(kiosk::ChooseWay{way});
                     }});
  }
  const bool wide = page.visit.state.text_step < kiosk::TextStep::large;
  add_grid(page, flow, wide ? 2 : 1, items);
}

FooterButton words_way_on(const Page& page, const kiosk::Question& question) {
  return entry_way_on(page, question, page.visit.state.session->typed.empty(), page.words.text("Choose one"));
}

}  // namespace

void add_staff(Page& page, Flow& flow) {
  add_button(page, flow, staff_button(page), [&page] { page.emit(kiosk::LeaveToStaff{}); });
}

void words_screen(Page& page) {
  const kiosk::Question& question = *page.visit.question;
  const kiosk::Session& session = *page.visit.state.session;
  page.input.turn_to(session.way);
  if (session.way && session.way != TextWay::scan) return compose_screen(page);
  const Box area = progress_bar(page, frame_page(page, Footer{back_button(page), true, true, words_way_on(page, question)}));
  draw_flow(page, area, [&](Flow& flow) {
    add_title(page, flow, entry_title(page, question));
    if (!session.part) add_lead(page, flow, "lead", question_words(page, question.lead));
    add_visit_notice(page, flow);
    if (const auto problem = problem_notice(page, question)) add_notice(page, flow, *problem);
    if (session.way == TextWay::scan)
      return add_notice(
          page, flow,
          {"scan", NoticeKind::information, "qrcode-scan", page.words.text("Hold the code before the scanner"), {}, {}});
    add_entry(page, flow);
    add_phrases(page, flow, question);
    add_ways(page, flow);
    if (!session.part) add_staff(page, flow);
  });
}

}  // namespace ui
