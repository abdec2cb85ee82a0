#include "ui/kit/kit.h"

#include <cmath>

#include "base/secret.h"
#include "typeset/qr.h"
#include "ui/kit/language_tag.h"
#include "ui/kit/pictogram.h"

namespace ui {
namespace {

constexpr int kQuietZone = 4;  // modules, ISO/IEC 18004
constexpr std::string_view kEllipsis = "…";
constexpr double kRing = 1.5;  // mm, each of the two bands of the focus ring (WCAG 2.4.13: at least 1 mm, 3:1)

bool latin(std::string_view word) {
  if (word.ends_with(kEllipsis)) word.remove_suffix(kEllipsis.size());
  for (const char c : word)
    if (static_cast<unsigned char>(c) >= 0x80U) return false;
  return true;
}

Image modules_image(const typeset::DotBitmap& dots, int module) {
  const int size = dots.width * module;
  std::vector<std::uint8_t> coverage(static_cast<std::size_t>(size) * static_cast<std::size_t>(size));
  for (int y = 0; y < size; ++y)
    for (int x = 0; x < size; ++x)
      coverage[static_cast<std::size_t>(y) * static_cast<std::size_t>(size) + static_cast<std::size_t>(x)] =
          dots.black(x / module, y / module) ? 255 : 0;
  return {size, size, std::move(coverage)};
}

}  // namespace

Kit::Kit(typeset::Typesetter& typesetter) : texts_(typesetter) { interaction_.emplace(); }

void Kit::begin(const FrameSetting& setting) {
  setting_ = setting;
  scale_ = setting.width / setting.width_mm;
  const double room = setting.room_mm > 0 ? setting.room_mm : mm(setting.height);
  steady_possible_ = setting.width_mm >= kSteadyWidth && room >= (landscape() ? kSteadyLandscape : kSteadyPortrait);
  const bool low = room < (landscape() ? kLowLandscape : kLowPortrait);
  measures_ = measures_for(setting.step, low || (steady() && landscape()));
  zone_ = Zone::page;
  texts_.trim();
  tree_.clear();
  forget_shortened();
  interaction_->begin(setting.width, setting.height, setting.pointer);
}

std::vector<Quad> Kit::end() {
  draw_focus_ring();
  texts_.drop_shaped();
  return interaction_->end();
}

// A dark band around a light one: whatever lies beneath, one of them stands out.
void Kit::draw_focus_ring() {
  const SemanticNode* node = setting_.focus.empty() ? nullptr : tree_.by_id(setting_.focus);
  if (node == nullptr) return;
  const int band = px(kRing);
  const auto frame = [&](const Box& outer, Tone colour) {
    fill({outer.x, outer.y, outer.w, band}, colour);
    fill({outer.x, outer.bottom() - band, outer.w, band}, colour);
    fill({outer.x, outer.y + band, band, outer.h - 2 * band}, colour);
    fill({outer.right() - band, outer.y + band, band, outer.h - 2 * band}, colour);
  };
  const Box outer = intersection(node->box.inset(-2 * band), canvas());
  frame(outer, theme::kInk);
  frame(outer.inset(band), theme::kGold);
}

void Kit::cover(const Box& box, std::string_view id, std::string_view words) {
  setting_.focus.clear();
  fill(canvas(), theme::kHeader);  // dark in every theme
  framed(box, px(7.0), px(1.1), theme::kOnHeader, theme::kHeader);
  text(box.inset(px(3.0)), words, {measures().body, true, typeset::Align::centre, theme::kOnHeader, 1.3});
  SemanticNode node = this->node(Role::status, id, words, box);
  node.zone = Zone::header;
  add(std::move(node));
}

Interaction::Touch Kit::target(std::string_view id, const Box& box) {
  Interaction::Touch touch = interaction_->target(id, box);
  if (!setting_.activate.empty() && setting_.activate == id) touch.activated = true;
  if (!setting_.pressed.empty() && setting_.pressed == id) touch.held = true;
  return touch;
}

void Kit::add(SemanticNode node) {
  node.focused = node.focused || (!setting_.focus.empty() && node.id == setting_.focus);
  tree_.add(std::move(node));
}

void Kit::forget() {
  texts_.forget();
  tree_.clear();
  forget_shortened();
  interaction_.emplace();
}

void Kit::forget_shortened() {
  for (auto* texts : {&shortened_, &overflows_}) {
    for (std::string& text : *texts) base::wipe(text);
    texts->clear();
  }
}

int Kit::px(double mm) const { return static_cast<int>(std::ceil(mm * scale_ - 1e-6)); }

typeset::TextStyle Kit::style_of(const TextLook& look, int wrap) const {
  typeset::TextStyle style;
  style.em_px = std::max(1.0, std::round(look.em * scale_));
  style.weight = look.bold ? typeset::Weight::bold : typeset::Weight::regular;
  style.align = look.align;
  style.wrap_px = wrap;
  style.line_spacing = look.spacing;
  style.language = language_tag(setting_.language);
  return style;
}

int Kit::width_of(std::string_view text, const TextLook& look) { return texts_.measure(text, style_of(look, 0)).width; }

int Kit::height_of(std::string_view text, const TextLook& look, int width) {
  return texts_.measure(text, style_of(look, std::max(1, width))).height;
}

bool Kit::fits(std::string_view text, const TextLook& look, const typeset::TextStyle& style, int height) {
  const int width = style.wrap_px;
  if (width <= 0 || height <= 0) return false;
  const typeset::TextSize size = texts_.measure(text, style);
  if (size.height > height || size.width > width) return false;
  for (std::size_t from = 0; size.lines > 1 && from < text.size();) {
    const std::size_t space = std::min(text.find_first_of(" \n", from), text.size());
    const std::string_view word = text.substr(from, space - from);
    if (latin(word) && !word.empty() && width_of(word, look) > width) return false;
    from = space + 1;
  }
  return true;
}

std::optional<typeset::TextStyle> Kit::fitted(std::string_view text, TextLook look, const Box& box) {
  while (true) {
    typeset::TextStyle style = style_of(look, box.w);
    if (fits(text, look, style, box.h)) return style;
    style.lying = setting_.language.starts_with("mn");  // no room to stand in
    if (style.lying && fits(text, look, style, box.h)) return style;
    if (look.em <= kSmallestText && look.spacing > kClosestLines) {  // lines that stand closer are better than lost ones
      look.spacing = kClosestLines;
      continue;
    }
    if (look.em <= kSmallestText) return std::nullopt;
    look.em = std::max(kSmallestText, look.em * kShrink);
  }
}

void Kit::text(const Box& box, std::string_view text, const TextLook& look) {
  if (text.empty()) return;
  if (const auto style = fitted(text, look, box)) return paint_text(box, text, *style, look.ink);
  (look.may_shorten ? shortened_ : overflows_).emplace_back(text);
  if (box.empty()) return;
  TextLook least = look;
  least.em = kSmallestText;
  least.spacing = std::min(look.spacing, kClosestLines);
  typeset::TextStyle style = style_of(least, box.w);
  style.lying = setting_.language.starts_with("mn");
  std::string beginning = shorten(text, least, style, box.h);
  paint_text(box, beginning, style, look.ink);
  base::wipe(beginning);
}

// As many characters from the beginning as fit, whole words where there are any.
std::string Kit::shorten(std::string_view text, const TextLook& look, const typeset::TextStyle& style, int height) {
  std::string cut;
  const auto cut_at = [&](std::size_t end) {
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // not inside a character
    base::wipe(cut);
    cut.assign(text.substr(0, end)).append(kEllipsis);
    return end;
  };
  std::size_t fitting = 0;
  for (std::size_t too_long = text.size(); fitting + 1 < too_long;) {
    const std::size_t middle = (fitting + too_long) / 2;
    const std::size_t end = cut_at(middle);
    (end > fitting && fits(cut, look, style, height) ? fitting : too_long) = end > fitting ? end : middle;
  }
  const std::size_t space = text.substr(0, fitting).rfind(' ');
  const bool in_a_word =
      space != std::string_view::npos && latin(text.substr(space, fitting + 1 - space)) && text[fitting] != ' ';
  cut_at(in_a_word ? space : fitting);
  return cut;
}

void Kit::paint_text(const Box& box, std::string_view text, const typeset::TextStyle& style, Tone ink) {
  if (!setting_.words && !watcher_) return;
  const Image& image = texts_.draw(text, style);
  const Box place{box.x, box.y + (box.h - image.height()) / 2, image.width(), image.height()};
  if (watcher_) watcher_({text, style, place, image});
  if (setting_.words) interaction_->image(place, image, 0, 0, colour(ink));
}

void Kit::say(const Box& box, std::string_view id, std::string_view words, const TextLook& look, Role role, Privacy privacy) {
  text(box, words, look);
  SemanticNode said = node(role, id, words, box);
  said.privacy = privacy;
  add(std::move(said));
}

void Kit::rounded(const Box& box, int radius, Tone tone) {
  if (box.empty()) return;
  const int r = std::min({radius, box.w / 2, box.h / 2});
  const Colour ink = colour(tone);
  if (r > 0) {
    const Image& disc = discs_.of(r);
    interaction_->image({box.x, box.y, r, r}, disc, 0, 0, ink);
    interaction_->image({box.right() - r, box.y, r, r}, disc, r, 0, ink);
    interaction_->image({box.x, box.bottom() - r, r, r}, disc, 0, r, ink);
    interaction_->image({box.right() - r, box.bottom() - r, r, r}, disc, r, r, ink);
  }
  fill({box.x + r, box.y, box.w - 2 * r, r}, tone);
  fill({box.x, box.y + r, box.w, box.h - 2 * r}, tone);
  fill({box.x + r, box.bottom() - r, box.w - 2 * r, r}, tone);
}

void Kit::framed(const Box& box, int radius, int border, Tone line, Tone face) {
  rounded(box, radius, line);
  rounded(box.inset(border), std::max(0, radius - border), face);
}

void Kit::icon(const Box& box, std::string_view name, Tone tone) {
  if (box.empty()) return;
  typeset::TextStyle style;
  style.em_px = std::min(box.w, box.h);
  style.face = typeset::Face::pictogram;
  style.line_spacing = 1.0;
  const std::string sign = pictogram(name);
  const Image& image = texts_.draw(sign, style);
  const Box place{box.x + (box.w - image.width()) / 2, box.y + (box.h - image.height()) / 2, image.width(), image.height()};
  if (watcher_) watcher_({sign, style, place, image});
  interaction_->image(place, image, 0, 0, colour(tone));
}

void Kit::photograph(const Box& box, const Image& image) {
  interaction_->fill(box, opaque(0x000000));
  interaction_->image(box, image, 0, 0, opaque(0xFFFFFF));
}

void Kit::qr(const Box& box, std::string_view payload) {
  auto dots = typeset::qr_code(payload);
  if (!dots) return;
  const int module = std::min(box.w, box.h) / (dots->width + 2 * kQuietZone);
  if (module < 1) return;
  const int size = dots->width * module;
  const std::string key = "qr|" + std::to_string(module) + "|" + std::string(payload);
  const Image* image = texts_.find(key);
  if (image == nullptr) image = &texts_.keep(key, modules_image(*dots, module));
  interaction_->fill(box, opaque(0xFFFFFF));
  interaction_->image({box.x + (box.w - size) / 2, box.y + (box.h - size) / 2, size, size}, *image, 0, 0, opaque(0x000000));
}

SemanticNode Kit::node(Role role, std::string_view id, std::string_view label, const Box& box) const {
  SemanticNode made;
  made.role = role;
  made.id = id;
  made.label = label;
  made.language = language_tag(setting_.language);
  made.box = box;
  made.zone = zone_;
  return made;
}

}  // namespace ui
