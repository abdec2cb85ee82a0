#include "ui/screens/screens.h"

namespace ui {
namespace {

using typeset::Align;

constexpr double kWidest = 430.0;  // mm

struct OverlayButton {
  Button look;
  std::function<void()> act;
};

struct Ask {
  int count = 0;  // seconds; 0 = none shown
  std::string title;
  std::vector<std::string> texts;
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
    measure(width - 2 * pad);
    const int height = std::min(area.h - 2 * margin, head_ + texts_ + buttons_ + 2 * pad + kit_.gap());
    const Box box{area.x + (area.w - width) / 2, area.y + (area.h - height) * 2 / 5 + 1, width, height};
    kit_.framed(box, kit_.px(9.0), kit_.px(1.0), theme::kLine, theme::kCard);
    fill(box.inset(pad));
  }

 private:
  TextLook centred(TextLook look) const {
    look.align = Align::centre;
    return look;
  }
  TextLook count_look() const { return {kit_.landscape() ? 26.0 : 44.0, true, Align::centre, theme::kJade, 1.1}; }

  void measure(int width) {
    width_ = width;
    count_ = ask_.count > 0 ? kit_.px(count_look().em * 1.1) : 0;
    head_ = count_ + kit_.height_of(ask_.title, centred(title_look(kit_)), width);
    texts_ = 0;
    for (const std::string& text : ask_.texts) texts_ += kit_.height_of(text, centred(lead_look(kit_)), width) + kit_.px(3.0);
    beside_ = kit_.landscape() && ask_.buttons.size() == 2;
    const int each = beside_ ? (width - kit_.gap()) / 2 : width;
    button_h_ = 0;
    for (const OverlayButton& b : ask_.buttons) button_h_ = std::max(button_h_, button_height(kit_, b.look, each) + kit_.px(4.0));
    const int rows = beside_ ? 1 : static_cast<int>(ask_.buttons.size());
    buttons_ = rows * (button_h_ + kit_.gap());
  }

  void fill(const Box& inner) {
    int y = inner.y;
    if (count_ > 0) kit_.say({inner.x, y, inner.w, count_}, "seconds", std::to_string(ask_.count), count_look(), Role::status);
    y += count_;
    kit_.say({inner.x, y, inner.w, head_ - count_}, "title", ask_.title, centred(title_look(kit_)), Role::heading);
    y += head_ - count_;
    y = texts({inner.x, y, inner.w, inner.bottom() - buttons_ - y});
    buttons({inner.x, inner.bottom() - buttons_ + kit_.gap(), inner.w, buttons_ - kit_.gap()});
  }

  // The room is shared in proportion when it is short.
  int texts(const Box& room) {
    int y = room.y;
    int number = 0;
    for (const std::string& text : ask_.texts) {
      const int wanted = kit_.height_of(text, centred(lead_look(kit_)), room.w) + kit_.px(3.0);
      const int height = texts_ > room.h ? wanted * room.h / texts_ : wanted;
      kit_.say({room.x, y, room.w, height}, "text/" + std::to_string(number++), text, centred(lead_look(kit_)));
      y += height;
    }
    return y;
  }

  void buttons(const Box& row) {
    const int gap = kit_.gap();
    const int width = beside_ ? (row.w - gap) / 2 : row.w;
    Box box{row.x, row.y, width, button_h_};
    for (const OverlayButton& b : ask_.buttons) {
      if (button(kit_, box, b.look)) b.act();
      if (beside_)
        box.x += width + gap;
      else
        box.y += button_h_ + gap;
    }
  }

  Page& page_;
  Kit& kit_;
  const Ask& ask_;
  int width_ = 0, count_ = 0, head_ = 0, texts_ = 0, buttons_ = 0, button_h_ = 0;
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
  ask(page, {page.visit.state.seconds_left,
             page.words.text("Are you still there?"),
             {visit ? page.words.text("Touch to go on. Otherwise everything you entered is cleared, to protect you.")
                    : page.words.text("Touch to go on. Otherwise this machine goes back to its first page.")},
             stay_or_clear(page)});
}

void card_away_overlay(Page& page) {
  ask(page, {page.visit.state.seconds_left,
             page.words.text("You took your card. Go on?"),
             {page.words.text("You can go on without laying it down again. Otherwise everything you entered is cleared.")},
             stay_or_clear(page)});
}

void start_over_overlay(Page& page) {
  ask(page, {0,
             page.words.text("Start over?"),
             {page.words.text("Everything you entered is then cleared.")},
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
