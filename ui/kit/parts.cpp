#include "ui/kit/parts.h"

#include "ui/kit/controls.h"
#include "ui/kit/stack.h"

namespace ui {
namespace {

using typeset::Align;

constexpr double kPartRadius = 7.0;  // mm
constexpr double kPartBorder = 1.0;  // mm
constexpr double kInset = 7.0;       // mm
constexpr double kLongestLine = 39;  // em; WCAG 1.4.8 allows 40

}  // namespace

TextLook title_look(const Kit& kit) { return {kit.measures().title, true, Align::left, theme::kInk, 1.25}; }

TextLook lead_look(const Kit& kit) { return {kit.measures().body, false, Align::left, theme::kInk2, 1.5}; }

void paragraph(Kit& kit, const Box& box, const Paragraph& spec) {
  kit.say(box, spec.id, spec.text, spec.look, spec.role, spec.privacy);
}

int paragraph_height(Kit& kit, const Paragraph& spec, int width) { return kit.height_of(spec.text, spec.look, width); }

int least_height(Kit& kit, const Paragraph& spec, int width) {
  TextLook look = spec.look;
  look.em = kSmallestText;
  look.spacing = std::min(look.spacing, kClosestLines);
  return kit.height_of(spec.text, look, width);
}

namespace {

struct NoticeLook {
  Tone face, line, ground;
};

NoticeLook notice_look(NoticeKind kind) {
  switch (kind) {
    case NoticeKind::plain:
      return {theme::kCard, theme::kHairline, theme::kSlate};
    case NoticeKind::information:
      return {theme::kJadeLight, theme::kJade, theme::kJade};
    case NoticeKind::attention:
      return {theme::kGoldLight, theme::kGoldLine, theme::kInk};
    case NoticeKind::trouble:
      break;
  }
  return {theme::kCard, theme::kLantern, theme::kLantern};
}

Role role_of(NoticeKind kind) {
  if (kind == NoticeKind::plain) return Role::text;
  return kind == NoticeKind::information ? Role::status : Role::alert;
}

struct NoticeParts {
  int icon, words_x, words_w;
  TextLook title, text, code;
};

constexpr double kLeastIcon = 12.0;     // mm; in a low box
constexpr double kNoticePadding = 3.0;  // mm above and below its words, at least

int usual_icon(const Kit& kit) { return kit.px(kit.measures().tile * 0.8); }

NoticeParts notice_parts(Kit& kit, const Notice& spec, int width, int icon) {
  const Measures& m = kit.measures();
  const int words_x = spec.icon.empty() ? kit.px(kInset) : kit.px(kInset) + icon + kit.px(5.0);
  return {icon,
          words_x,
          std::min(width - words_x - kit.px(kInset), kit.px(m.body * kLongestLine)),
          {m.strong, true, Align::left, theme::kInk, 1.3, true},
          {m.body, false, Align::left, theme::kInk, 1.5, true},
          {kSmallestText, false, Align::left, theme::kInk2, 1.3}};
}

std::vector<StackedText> notice_words(const Notice& spec, const NoticeParts& parts) {
  return {{spec.title, parts.title}, {spec.text, parts.text}, {spec.code, parts.code}};
}

}  // namespace

void notice(Kit& kit, const Box& box, const Notice& spec) {
  const NoticeLook look = notice_look(spec.kind);
  kit.framed(box, kit.px(kPartRadius), kit.px(kPartBorder), look.line, look.face);
  const NoticeParts parts =
      notice_parts(kit, spec, box.w, notice_height(kit, spec, box.w) > box.h ? kit.px(kLeastIcon) : usual_icon(kit));
  if (!spec.icon.empty()) {
    const Box ground{box.x + kit.px(kInset), box.y + (box.h - parts.icon) / 2, parts.icon, parts.icon};
    kit.rounded(ground, kit.px(5.0), look.ground);
    kit.icon(ground.inset(parts.icon / 6), spec.icon, theme::kOnDark);
  }
  draw_stack(kit, {box.x + parts.words_x, box.y + kit.px(kNoticePadding), parts.words_w, box.h - 2 * kit.px(kNoticePadding)},
             notice_words(spec, parts));
  SemanticNode node = kit.node(role_of(spec.kind), spec.id, spec.title.empty() ? spec.text : spec.title, box);
  if (!spec.title.empty()) node.hint = spec.text;
  node.value = spec.code;
  node.privacy = spec.privacy;
  kit.add(std::move(node));
}

int notice_height(Kit& kit, const Notice& spec, int width) {
  const NoticeParts parts = notice_parts(kit, spec, width, usual_icon(kit));
  const int words = stack_height(kit, notice_words(spec, parts), parts.words_w);
  return std::max(words, spec.icon.empty() ? 0 : parts.icon) + kit.px(10.0);
}

int least_notice_height(Kit& kit, const Notice& spec, int width) {
  const NoticeParts parts = notice_parts(kit, spec, width, kit.px(kLeastIcon));
  return least_stack_height(kit, notice_words(spec, parts), parts.words_w) + 2 * kit.px(kNoticePadding);
}

void progress(Kit& kit, const Box& box, const Progress& spec) {
  const double em = kit.measures().chrome;
  const TextLook name{em, false, Align::left, theme::kInk2, 1.3};
  const TextLook words{em, true, Align::right, theme::kInk2, 1.3, true};
  const int gap = kit.px(4.0);
  const int words_w = std::min(box.w / 2, kit.width_of(spec.words, words) + 2);
  const int bar_least = box.w / 6;
  int name_w = kit.width_of(spec.name, name) + 2;
  if (name_w + words_w + bar_least + 2 * gap > box.w) name_w = 0;  // the page's title still says it on paper and check page
  if (name_w > 0) kit.text({box.x, box.y, name_w, box.h}, spec.name, name);
  kit.text({box.right() - words_w, box.y, words_w, box.h}, spec.words, words);
  const int bar_x = box.x + (name_w > 0 ? name_w + gap : 0);
  const int thick = kit.px(5.0);
  const Box bar{bar_x, box.y + (box.h - thick) / 2, box.right() - words_w - gap - bar_x, thick};
  kit.framed(bar, thick / 2, kit.px(0.6), theme::kLine, theme::kCard);
  const int done = bar.w * spec.number / std::max(1, spec.of);
  kit.rounded({bar.x, bar.y, done, bar.h}, thick / 2, theme::kJade);
  SemanticNode node = kit.node(Role::status, "progress", spec.words, box);
  node.value = spec.name;
  kit.add(std::move(node));
}

namespace {

struct RowParts {
  int words_w, button_w, button_h;
  int label_w;  // of a label in front; 0 = above
  TextLook label, value;
};

constexpr double kLabelInFront = 0.3;  // share of the width

Button change_button(const CheckRow& spec) {
  Button change;
  change.id = "change/" + spec.id;
  change.label = spec.change;
  change.value = spec.label;
  return change;
}

// Height of the button's label at its smallest.
int least_label(Kit& kit, const CheckRow& spec, int width) {
  if (width == 0) return 0;
  Button change = change_button(spec);
  change.em = kSmallestText;
  return label_height(kit, change, width);
}

RowParts row_parts(Kit& kit, const CheckRow& spec, int width) {
  const Measures& m = kit.measures();
  const TextLook caption{m.strong, true, Align::centre};
  const int wanted = kit.width_of(spec.change, caption) + kit.px(16.0);
  const int least = std::min(width * 2 / 5, kit.width_of(spec.change, {kSmallestText, true}) + kit.px(5.0));
  const int button_w =
      spec.change.empty() ? 0 : std::max(kit.px(kit.least_target() * 1.5), std::min(wanted, std::max(width / 3, least)));
  const int words_w = width - (button_w > 0 ? button_w + kit.gap() : 0);
  const TextLook label{m.hint, false, Align::left, theme::kInk2, 1.3};
  const int in_front = static_cast<int>(width * kLabelInFront);
  const bool fits = spec.change.empty() && kit.width_of(spec.label, label) < in_front;
  const TextLook value{fits ? m.body : m.strong, true, Align::left, theme::kInk, 1.3};
  const int button_h = std::max(kit.px(std::max(kit.least_target() + 2.0, m.strong * 1.6)), least_label(kit, spec, button_w));
  return {words_w, button_w, button_h, fits ? in_front : 0, label, value};
}

void row_words(Kit& kit, const Box& box, const CheckRow& spec, const RowParts& parts) {
  if (parts.label_w > 0) {
    kit.text({box.x, box.y, parts.label_w, box.h}, spec.label, parts.label);
    kit.text({box.x + parts.label_w, box.y, parts.words_w - parts.label_w, box.h}, spec.value, parts.value);
    return;
  }
  draw_stack(kit, {box.x, box.y, parts.words_w, box.h}, {{spec.label, parts.label}, {spec.value, parts.value}});
}

}  // namespace

bool check_row(Kit& kit, const Box& box, const CheckRow& spec) {
  const RowParts parts = row_parts(kit, spec, box.w);
  row_words(kit, box, spec, parts);
  SemanticNode node = kit.node(Role::field, spec.id, spec.label, {box.x, box.y, parts.words_w, box.h});
  node.value = spec.value;
  node.privacy = spec.privacy;
  kit.add(std::move(node));
  if (parts.button_w == 0) return false;
  return button(kit, {box.right() - parts.button_w, box.y + (box.h - parts.button_h) / 2, parts.button_w, parts.button_h},
                change_button(spec));
}

int check_row_height(Kit& kit, const CheckRow& spec, int width) {
  const RowParts parts = row_parts(kit, spec, width);
  const int label = kit.height_of(spec.label, parts.label, parts.label_w > 0 ? parts.label_w : parts.words_w);
  const int value = kit.height_of(spec.value, parts.value, parts.words_w - parts.label_w);
  const int words = parts.label_w > 0 ? std::max(label, value) : label + value;
  return std::max(words + kit.px(4.0), parts.button_w > 0 ? parts.button_h + kit.gap() : 0);
}

namespace {

constexpr double kLeastSquare = 30.0;  // mm

struct CardParts {
  int square, words_x, words_w;
  TextLook title, text, pointer;
};

// In a box of `height` pixels; the square gives way.
CardParts card_parts(Kit& kit, int width, int height) {
  const Measures& m = kit.measures();
  const int square = std::min({kit.px(72.0), width * 3 / 10, std::max(kit.px(kLeastSquare), height - kit.px(24.0))});
  const int words_x = kit.px(10.0) + square + kit.px(10.0);
  return {square,
          words_x,
          width - words_x - kit.px(8.0),
          {m.title * 1.1, true, Align::left, theme::kOnHeader, 1.25, true},
          {m.body, false, Align::left, theme::kOnHeader, 1.5, true},
          {m.body, true, Align::left, theme::kInk, 1.25}};
}

// The gold label with the arrow; `box` starts at its left edge.
void pointer_label(Kit& kit, const Box& box, const std::string& words, const TextLook& look) {
  const int arrow = kit.px(look.em);
  const int pad = kit.px(4.0);
  const int w = std::min(box.w, 2 * pad + arrow + kit.px(3.0) + kit.width_of(words, look));
  kit.rounded({box.x, box.y, w, box.h}, box.h / 2, theme::kGold);
  kit.icon({box.x + pad, box.y, arrow, box.h}, "arrow-bottom-right", theme::kInk);
  kit.text({box.x + pad + arrow + kit.px(2.0), box.y, w - 2 * pad - arrow - kit.px(1.0), box.h}, words, look);
}

int pointer_height(Kit& kit, const CardPanel& spec, const TextLook& look) {
  return spec.pointer.empty() ? 0 : kit.px(look.em * 1.35);
}

}  // namespace

void card_panel(Kit& kit, const Box& box, const CardPanel& spec) {
  kit.rounded(box, kit.px(kPartRadius), theme::kHeader);
  CardParts parts = card_parts(kit, box.w, box.h);
  if (card_panel_height(kit, spec, box.w) > box.h) parts.pointer.em = kSmallestText;
  const Box square{box.x + kit.px(10.0), box.y + (box.h - parts.square) / 2, parts.square, parts.square};
  kit.rounded(square, kit.px(kPartRadius), theme::kOnHeader);
  kit.icon(square.inset(parts.square / 16), "account-card-details", theme::kHeader);
  const int pointer_h = pointer_height(kit, spec, parts.pointer);
  const int gap = pointer_h > 0 ? kit.px(3.0) : 0;
  std::vector<StackedText> words{{spec.title, parts.title}, {spec.text, parts.text}};
  stack(kit, words, parts.words_w, box.h - kit.px(10.0) - pointer_h - gap);
  const int title_h = words[0].height;
  const int text_h = words[1].height;
  const int x = box.x + parts.words_x;
  int y = box.y + (box.h - title_h - text_h - gap - pointer_h) / 2;
  kit.say({x, y, parts.words_w, title_h}, "card-panel", spec.title, words[0].look);
  y += title_h;
  kit.text({x, y, parts.words_w, text_h}, spec.text, words[1].look);
  SemanticNode where = kit.node(Role::text, "card-panel/where", spec.text, {x, y, parts.words_w, text_h});
  where.hint = spec.pointer;
  kit.add(std::move(where));
  if (pointer_h > 0) pointer_label(kit, {x, y + text_h + gap, parts.words_w, pointer_h}, spec.pointer, parts.pointer);
}

int card_panel_height(Kit& kit, const CardPanel& spec, int width) {
  const CardParts parts = card_parts(kit, width, kit.canvas().h);
  const int words = kit.height_of(spec.title, parts.title, parts.words_w) + kit.height_of(spec.text, parts.text, parts.words_w);
  return std::max(parts.square, words + pointer_height(kit, spec, parts.pointer) + kit.px(3.0)) + kit.px(24.0);
}

int least_card_panel_height(Kit& kit, const CardPanel& spec, int width) {
  CardParts parts = card_parts(kit, width, 0);
  parts.pointer.em = kSmallestText;
  return least_stack_height(kit, {{spec.title, parts.title}, {spec.text, parts.text}}, parts.words_w) +
         pointer_height(kit, spec, parts.pointer) + kit.px(10.0) + kit.px(3.0);
}

void emblem(Kit& kit, const Box& box, std::string_view icon, Tone ground) {
  const int size = std::min(box.w, box.h);
  const Box disc{box.x + (box.w - size) / 2, box.y + (box.h - size) / 2, size, size};
  kit.rounded(disc, size / 2, ground);
  kit.icon(disc.inset(size / 5), icon, theme::kOnDark);
}

}  // namespace ui
