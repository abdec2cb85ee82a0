#include "ui/kit/controls.h"

#include "ui/kit/stack.h"

namespace ui {
namespace {

using typeset::Align;

constexpr double kRadius = 7.0;         // mm
constexpr double kBorder = 1.1;         // mm
constexpr double kEdge = 2.0;           // mm of lower edge, gone while pressed
constexpr double kPadding = 6.0;        // mm between border and words
constexpr double kIconGap = 4.0;        // mm between pictogram and words
constexpr double kIconRoom = 4.0;       // mm that both together leave free; less, and the pictogram goes
constexpr double kLabelInset = 2.0;     // mm between edge and a label, at least
constexpr double kPillInset = 2.4;      // the same beside the round ends of a tool
constexpr double kPillLeast = 1.0;      // of a word that would not fit otherwise
constexpr double kTightSpacing = 1.25;  // labels: one or two short lines

struct Look {
  Tone face, ink, line, edge;
};

Look look_of(ButtonKind kind, bool disabled) {
  if (disabled) return {theme::kDisabled, theme::kDisabledInk, theme::kDisabled, theme::kDisabled};
  switch (kind) {
    case ButtonKind::primary:
      return {theme::kJade, theme::kOnDark, theme::kJade, theme::kJadeDark};
    case ButtonKind::help:
      return {theme::kCard, theme::kLantern, theme::kLantern, theme::kHairline};
    case ButtonKind::quiet:
      return {theme::kPaper, theme::kJadeDark, theme::kLine, theme::kHairline};
    case ButtonKind::secondary:
      break;
  }
  return {theme::kCard, theme::kJadeDark, theme::kJade, theme::kHairline};
}

// Draws ground and lower edge and returns the face, moved down while held.
Box raised(Kit& kit, const Box& box, const Look& look, bool held, int radius) {
  const int edge = kit.px(kEdge);
  Box face{box.x, box.y, box.w, box.h - edge};
  if (held)
    face.y += edge;
  else
    kit.rounded({box.x, box.y + edge, box.w, box.h - edge}, radius, look.edge);
  kit.framed(face, radius, kit.px(kBorder), look.line, look.face);
  return face;
}

// "choice/help/2" counts with the others below "choice/help".
std::string group_of(const std::string& id) {
  const std::size_t slash = id.rfind('/');
  return slash == std::string::npos ? std::string() : id.substr(0, slash);
}

void add_control(Kit& kit, Role role, const Box& box, const std::string& id, const std::string& label, bool held,
                 const std::string& hint = {}, const std::string& group = {}) {
  SemanticNode node = kit.node(role, id, label, box);
  node.hint = hint;
  node.pressed = held;
  node.group = group;
  kit.add(std::move(node));
}

// Buttons that cannot grow give up half of it for a word that would be cut.
double inset_of(Kit& kit, const Button& spec, int width) {
  const bool needed = spec.may_shorten && kit.width_of(spec.label, {kSmallestText, true}) > width - 2 * kit.px(kLabelInset);
  return needed ? kLabelInset / 2 : kLabelInset;
}

double em_of(Kit& kit, const Button& spec) { return spec.em > 0 ? spec.em : kit.measures().strong; }

TextLook label_look(Kit& kit, const Button& spec, Tone ink) {
  return {em_of(kit, spec), true, Align::centre, ink, kTightSpacing, spec.may_shorten};
}

// Where a label may stand. Tools are narrow, low, and one word each.
Box label_room(Kit& kit, const Box& face, const Button& spec) {
  if (spec.kind != ButtonKind::quiet) return face.inset(kit.px(inset_of(kit, spec, face.w)));
  TextLook smallest = label_look(kit, spec, theme::kInk);
  smallest.em = kSmallestText;
  const int wide = kit.px(kPillInset);
  const int x = kit.width_of(spec.label, smallest) + 2 * wide <= face.w ? wide : kit.px(kPillLeast);
  const int y = kit.px(kLabelInset / 2);
  return {face.x + x, face.y + y, face.w - 2 * x, face.h - 2 * y};
}

// Pictogram and words as one group in the middle; without room for both, the words alone.
void label(Kit& kit, const Box& face, const Button& spec, const TextLook& look) {
  const int icon = kit.px(em_of(kit, spec) * 1.15);
  const int gap = kit.px(kIconGap) * 2 / 3;
  const int words = kit.width_of(spec.label, look);
  const Box inner = label_room(kit, face, spec);
  if (spec.icon.empty() || icon + gap + words + kit.px(kIconRoom) > inner.w) {
    kit.text(inner, spec.label, look);
    return;
  }
  const int left = inner.x + (inner.w - icon - gap - words) / 2;
  const int icon_x = spec.icon_after ? left + words + gap : left;
  kit.icon({icon_x, inner.y, icon, inner.h}, spec.icon, look.ink);
  kit.text({spec.icon_after ? left : left + icon + gap, inner.y, words, inner.h}, spec.label, look);
}

}  // namespace

bool button(Kit& kit, const Box& box, const Button& spec) {
  Interaction::Touch touch;
  if (!spec.disabled) touch = kit.target(spec.id, box);
  const Look look = look_of(spec.kind, spec.disabled);
  const bool quiet = spec.kind == ButtonKind::quiet;
  const Box face = raised(kit, box, look, touch.held || spec.disabled, quiet ? box.h / 2 : kit.px(kRadius));
  label(kit, face, spec, label_look(kit, spec, look.ink));
  SemanticNode node = kit.node(Role::button, spec.id, spec.label, box);
  node.disabled = spec.disabled;
  node.pressed = touch.held;
  node.value = spec.value;
  node.toggle = spec.toggle;
  kit.add(std::move(node));
  return touch.activated;
}

int label_height(Kit& kit, const Button& spec, int width) {
  const Box face{0, 0, width, kit.px(kit.least_target())};
  const Box room = label_room(kit, face, spec);
  return kit.height_of(spec.label, label_look(kit, spec, theme::kInk), room.w) + face.h - room.h + kit.px(kEdge);
}

int button_height(Kit& kit, const Button& spec, int width) {
  const int words = kit.height_of(spec.label, label_look(kit, spec, theme::kInk), width - kit.px(2 * kLabelInset));
  return std::max(kit.px(kit.least_choice()), words + kit.px(2 * kPadding));
}

namespace {

struct TileParts {
  int ground, words_x, words_w;
  TextLook title, hint;
};

TileParts parts_of(Kit& kit, int width, Tone ink = theme::kInk2) {
  const Measures& m = kit.measures();
  const int ground = kit.px(m.tile);
  const int pad = kit.px(kPadding);
  const int words_x = pad + ground + kit.px(5.0);
  return {ground,
          words_x,
          width - words_x - pad / 2,
          {m.strong, true, Align::left, theme::kInk, 1.3},
          {m.hint, false, Align::left, ink, 1.35}};
}

}  // namespace

bool tile(Kit& kit, const Box& box, const Tile& spec) {
  const Interaction::Touch touch = kit.target(spec.id, box);
  const Look look{theme::kCard, theme::kInk, spec.urgent ? theme::kLantern : theme::kLine, theme::kHairline};
  const Box face = raised(kit, box, look, touch.held, kit.px(kRadius));
  const TileParts parts = parts_of(kit, box.w);
  const Box ground{face.x + kit.px(kPadding), face.y + (face.h - parts.ground) / 2, parts.ground, parts.ground};
  kit.rounded(ground, kit.px(5.0), spec.ground);
  kit.icon(ground.inset(parts.ground / 6), spec.icon, theme::kOnDark);
  const int pad = kit.px(3.0);
  draw_stack(kit, {face.x + parts.words_x, face.y + pad, parts.words_w, face.h - 2 * pad},
             {{spec.title, parts.title}, {spec.hint, parts.hint}});
  add_control(kit, Role::button, box, spec.id, spec.title, touch.held, spec.hint, group_of(spec.id));
  return touch.activated;
}

int tile_height(Kit& kit, const Tile& spec, int width) {
  const TileParts parts = parts_of(kit, width);
  const int words = stack_height(kit, {{spec.title, parts.title}, {spec.hint, parts.hint}}, parts.words_w);
  return std::max(parts.ground, words) + kit.px(2 * kPadding + kEdge);
}

int least_tile_height(Kit& kit, const Tile& spec, int width) {
  const TileParts parts = parts_of(kit, width);
  const int words = least_stack_height(kit, {{spec.title, parts.title}, {spec.hint, parts.hint}}, parts.words_w);
  return std::max(kit.px(kit.least_target()), words + 2 * kit.px(3.0) + kit.px(kEdge));
}

namespace {

struct ChoiceParts {
  int radio, words_x, words_w;
  TextLook label, hint;
};

ChoiceParts choice_parts(Kit& kit, int width) {
  const Measures& m = kit.measures();
  const int radio = kit.px(m.radio);
  const int words_x = kit.px(kPadding + 1.0) + radio + kit.px(6.0);
  return {radio,
          words_x,
          width - words_x - kit.px(kPadding),
          {m.strong, true, Align::left, theme::kInk, 1.3},
          {m.hint, false, Align::left, theme::kInk2, 1.35}};
}

void mark(Kit& kit, const Box& box, bool selected, bool square) {
  const int radius = square ? box.w / 6 : box.w / 2;
  const int ring = kit.px(kBorder);
  if (!selected) {
    kit.framed(box, radius, ring, theme::kLine, theme::kCard);
    return;
  }
  kit.rounded(box, radius, theme::kJade);
  kit.icon(box.inset(box.w / 8), "check", theme::kOnDark);
}

}  // namespace

bool choice(Kit& kit, const Box& box, const Choice& spec) {
  const Interaction::Touch touch = kit.target(spec.id, box);
  const int border = kit.px(touch.held ? kBorder * 2.5 : spec.selected ? kBorder * 1.6 : kBorder);
  kit.framed(box, kit.px(kRadius), border, spec.selected ? theme::kJade : theme::kLine,
             spec.selected || touch.held ? theme::kJadeLight : theme::kCard);
  const ChoiceParts parts = choice_parts(kit, box.w);
  mark(kit, {box.x + kit.px(kPadding + 1.0), box.y + (box.h - parts.radio) / 2, parts.radio, parts.radio}, spec.selected,
       spec.several);
  const int pad = kit.px(3.0);
  draw_stack(kit, {box.x + parts.words_x, box.y + pad, parts.words_w, box.h - 2 * pad},
             {{spec.label, parts.label}, {spec.hint, parts.hint}});
  SemanticNode node = kit.node(Role::choice, spec.id, spec.label, box);
  node.hint = spec.hint;
  node.selected = spec.selected;
  node.group = group_of(spec.id);
  node.pressed = touch.held;
  node.privacy = spec.privacy;
  kit.add(std::move(node));
  return touch.activated;
}

int choice_height(Kit& kit, const Choice& spec, int width) {
  const ChoiceParts parts = choice_parts(kit, width);
  const int words = stack_height(kit, {{spec.label, parts.label}, {spec.hint, parts.hint}}, parts.words_w);
  return std::max({kit.px(kit.least_choice()), parts.radio + kit.px(2 * kPadding), words + kit.px(2 * kPadding)});
}

bool key(Kit& kit, const Box& box, std::string_view id, std::string_view label, std::string_view icon) {
  const Interaction::Touch touch = kit.target(id, box);
  const Look look{theme::kCard, theme::kInk, theme::kLine, theme::kHairline};
  const Box face = raised(kit, box, look, touch.held, kit.px(kRadius));
  const double em = std::min(kit.measures().title, kit.mm(face.h) * 0.7);
  const int mark = kit.px(em * 1.1);
  if (icon.empty())
    kit.text(face.inset(kit.px(2.0)), label, {em, true, Align::centre, theme::kInk, kTightSpacing, true});
  else
    kit.icon({face.x, face.y + (face.h - mark) / 2, face.w, mark}, icon, theme::kInk);
  add_control(kit, Role::button, box, std::string(id), std::string(label), touch.held);
  return touch.activated;
}

}  // namespace ui
