#include "ui/kit/stack.h"
#include "ui/screens/screens.h"

namespace ui {
namespace {

using typeset::Align;

constexpr double kWidest = 430.0;    // mm
constexpr double kAfterWords = 3.0;  // mm between them and the buttons' own gap

struct OverlayButton {
  Button look;
  std::function<void()> act;
};

struct Ask {
  int count = 0;  // seconds; 0 = none shown
  std::string title;
  std::string text;
  std::vector<OverlayButton> buttons;
};

Button answer(const char* id, std::string label, ButtonKind kind) {
  Button made;
  made.id = id;
  made.label = std::move(label);
  made.kind = kind;
  return made;
}

class Panel {
 public:
  Panel(Page& page, const Ask& ask) : page_(page), kit_(page.kit), ask_(ask) {}

  void draw(const Box& area) {
    const int margin = kit_.px(kit_.landscape() ? 6.0 : kMargin);
    const int pad = kit_.px(kit_.landscape() ? 10.0 : 14.0);
    const int width = std::min(area.w - 2 * margin, kit_.px(kWidest));
    const int least_pad = 2 * margin + 2 * pad + kit_.gap();
    measure(width - 2 * pad);
    if (count_ + least_words_ + buttons_ > area.h - least_pad) {
      tight_ = true;
      measure(width - 2 * pad);
    }
    const int height = std::min(area.h - 2 * margin, count_ + words_ + buttons_ + 2 * pad + kit_.gap());
    const Box box{area.x + (area.w - width) / 2, area.y + (area.h - height) * 2 / 5 + 1, width, height};
    kit_.framed(box, kit_.px(9.0), kit_.px(1.0), theme::kLine, theme::kCard);
    fill(box.inset(pad));
  }

 private:
  TextLook centred(TextLook look) const {
    look.align = Align::centre;
    return look;
  }
  std::vector<StackedText> words() const {
    return {{ask_.title, centred(title_look(kit_))}, {ask_.text, centred(lead_look(kit_))}};
  }
  TextLook count_look() const { return {kit_.landscape() || tight_ ? 26.0 : 44.0, true, Align::centre, theme::kJade, 1.1}; }
  Button look_of(const OverlayButton& button) const {
    Button look = button.look;
    if (tight_) look.em = kit_.measures().action;
    return look;
  }

  void measure(int width) {
    count_ = ask_.count > 0 ? kit_.px(count_look().em * 1.1) : 0;
    words_ = stack_height(kit_, words(), width) + kit_.px(kAfterWords);
    least_words_ = least_stack_height(kit_, words(), width) + kit_.px(kAfterWords);
    beside_ = kit_.landscape() && ask_.buttons.size() == 2;
    const int each = beside_ ? (width - kit_.gap()) / 2 : width;
    button_h_ = 0;
    for (const OverlayButton& b : ask_.buttons)
      button_h_ = std::max(button_h_, button_height(kit_, look_of(b), each) + kit_.px(4.0));
    const int rows = beside_ ? 1 : static_cast<int>(ask_.buttons.size());
    buttons_ = rows * (button_h_ + kit_.gap());
  }

  void fill(const Box& inner) {
    int y = inner.y;
    if (count_ > 0) kit_.say({inner.x, y, inner.w, count_}, "seconds", std::to_string(ask_.count), count_look(), Role::status);
    y += count_;
    std::vector<StackedText> said = words();
    stack(kit_, said, inner.w, inner.bottom() - buttons_ - y - kit_.px(kAfterWords));
    kit_.say({inner.x, y, inner.w, said[0].height}, "title", ask_.title, said[0].look, Role::heading);
    kit_.say({inner.x, y + said[0].height, inner.w, said[1].height}, "text", ask_.text, said[1].look);
    buttons({inner.x, inner.bottom() - buttons_ + kit_.gap(), inner.w, buttons_ - kit_.gap()});
  }

  void buttons(const Box& row) {
    const int gap = kit_.gap();
    const int width = beside_ ? (row.w - gap) / 2 : row.w;
    Box box{row.x, row.y, width, button_h_};
    for (const OverlayButton& b : ask_.buttons) {
      if (button(kit_, box, look_of(b))) b.act();
      if (beside_)
        box.x += width + gap;
      else
        box.y += button_h_ + gap;
    }
  }

  Page& page_;
  Kit& kit_;
  const Ask& ask_;
  int count_ = 0, words_ = 0, least_words_ = 0, buttons_ = 0, button_h_ = 0;
  bool tight_ = false;  // smaller buttons, so that the words have room
  bool beside_ = false;
};

void ask(Page& page, const Ask& spec) {
  const Box area = frame_overlay(page);
  Panel(page, spec).draw(area);
}

std::vector<OverlayButton> stay_or_clear(Page& page) {
  return {
      {answer("still-here", page.words.text("I am still here"), ButtonKind::primary), [&page] { page.emit(kiosk::StillHere{}); }},
      {answer("clear", page.words.text("Finish and clear"), ButtonKind::secondary), [&page] { page.emit(kiosk::StartOver{}); }}};
}

}  // namespace

void still_there_overlay(Page& page) {
  const bool visit = page.visit.session() != nullptr;
  ask(page, {page.visit.state.seconds_left, page.words.text("Are you still there?"),
             visit ? page.words.text("Touch to go on. Otherwise everything you entered is cleared, to protect you.")
                   : page.words.text("Touch to go on. Otherwise this machine goes back to its first page."),
             stay_or_clear(page)});
}

void card_away_overlay(Page& page) {
  ask(page, {page.visit.state.seconds_left, page.words.text("You took your card. Go on?"),
             page.words.text("You can go on without laying it down again. Otherwise everything you entered is cleared."),
             stay_or_clear(page)});
}

void start_over_overlay(Page& page) {
  ask(page, {0,
             page.words.text("Start over?"),
             page.words.text("Everything you entered is then cleared."),
             {{answer("keep", page.words.text("No, go on"), ButtonKind::primary),
               [&page] {
                 page.memory.start_over = false;
                 page.emit(kiosk::Touched{});
               }},
              {answer("confirm-start-over", page.words.text("Yes, start over"), ButtonKind::secondary), [&page] {
                 page.memory.start_over = false;
                 page.emit(kiosk::StartOver{});
               }}}});
}

}  // namespace ui
