// The one layer that draws: boxes, words and pictograms in millimetres, what can be pressed, and the semantic tree of the
// frame. Screens call the widgets built on it (controls.h, parts.h); nothing else calls Dear ImGui.
//
// A frame: begin, widgets, end. The same code runs for every pointer transition (to learn what was activated) and for
// every picture (to paint it).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "typeset/text.h"
#include "ui/kit/interaction.h"
#include "ui/kit/measures.h"
#include "ui/kit/semantic_tree.h"
#include "ui/kit/shapes.h"
#include "ui/kit/text_cache.h"
#include "ui/kit/theme.h"

namespace ui {

struct TextLook {
  double em = 12.0;  // mm
  bool bold = false;
  typeset::Align align = typeset::Align::left;
  Tone ink = theme::kInk;
  double spacing = 1.4;      // line height in em
  bool may_shorten = false;  // has a narrow place, and its node says it whole
};

struct FrameSetting {
  int width = 0;   // pixels
  int height = 0;  // pixels
  double width_mm = 268.0;
  std::string language = "zh";
  kiosk::TextStep step = kiosk::TextStep::normal;
  kiosk::Theme theme = kiosk::Theme::standard;
  PointerTransition pointer;
  double room_mm = 0;      // height of what the page may use; 0 = all of it
  bool steady = false;     // larger targets, further apart, where there is room for them
  bool words = true;       // false: texts are laid out but not painted, to measure their contrast by comparing
  std::string activate{};  // id of what a key chose: activated in this frame; empty = nothing
  std::string focus{};     // id of the node with the focus ring; empty = none
  std::string pressed{};   // id of a control that looks pressed though nothing touches it; empty = none
};

class Kit {
 public:
  explicit Kit(typeset::Typesetter& typesetter);

  void begin(const FrameSetting& setting);
  // The picture; its images live until the next begin or forget.
  std::vector<Quad> end();
  // Overwrites everything a visit left: texts, widget state, tree.
  void forget();

  bool landscape() const { return setting_.width > setting_.height; }
  Box canvas() const { return {0, 0, setting_.width, setting_.height}; }
  const Measures& measures() const { return measures_; }
  Colour colour(Tone tone) const { return colour_of(setting_.theme, tone); }
  int px(double mm) const;  // rounded up: a floor in mm stays one in pixels
  double mm(int pixels) const { return pixels / scale_; }
  // What a hand needs: targets in mm, the gap between two of them in pixels.
  double least_target() const { return steady() ? kSteadyTarget : kSmallestTarget; }
  double least_choice() const { return std::max(kSmallestChoice, least_target()); }
  int gap() const { return px(steady() ? kSteadyGap : kGap); }
  bool steady() const { return setting_.steady && steady_possible_; }
  bool steady_possible() const { return steady_possible_; }

  // Words. A text that is too large for its box is set smaller, down to kSmallestText; what does not fit then is shortened, with
  // an ellipsis.
  int width_of(std::string_view text, const TextLook& look);               // one line, pixels
  int height_of(std::string_view text, const TextLook& look, int width);   // wrapped, pixels
  void text(const Box& box, std::string_view text, const TextLook& look);  // vertically centred
  // As text(), with a node of its own.
  void say(const Box& box, std::string_view id, std::string_view text, const TextLook& look, Role role = Role::text,
           Privacy privacy = Privacy::open);
  // Hides everything drawn so far, the focus ring too; its nodes stay. `words` on a plain box say how to come back.
  void cover(const Box& box, std::string_view id, std::string_view words);

  // Shapes
  void fill(const Box& box, Tone tone) { interaction_->fill(box, colour(tone)); }
  void rounded(const Box& box, int radius, Tone tone);
  void framed(const Box& box, int radius, int border, Tone line, Tone face);
  void icon(const Box& box, std::string_view name, Tone tone);  // centred, as large as the box's shorter side
  // An image made elsewhere, pixel for pixel; it must live until the frame is painted.
  void picture(const Box& box, const Image& image, Tone tone) { interaction_->image(box, image, 0, 0, colour(tone)); }
  // Its brightness is its coverage: grey, and the same in every theme.
  void photograph(const Box& box, const Image& image);
  void qr(const Box& box, std::string_view payload);  // with its quiet zone; black on white in every theme

  // Input and meaning
  Interaction::Touch target(std::string_view id, const Box& box);
  // Nodes from here on stand in this zone; begin() starts in Zone::page. Returns the one before.
  Zone set_zone(Zone zone) { return std::exchange(zone_, zone); }
  const PointerTransition& pointer() const { return setting_.pointer; }
  SemanticNode node(Role role, std::string_view id, std::string_view label, const Box& box) const;  // to fill in
  void add(SemanticNode node);
  const SemanticTree& tree() const { return tree_; }
  void set_language(std::string language) { setting_.language = std::move(language); }
  const std::string& language() const { return setting_.language; }

  // Texts of this frame that were shortened: where that may be, and where it may not; of those a test wants none.
  const std::vector<std::string>& shortened() const { return shortened_; }
  const std::vector<std::string>& overflows() const { return overflows_; }
  const TextCache& texts() const { return texts_; }
  // Called with every text that is drawn, and every icon; a test holds it against the tree and the pixels.
  struct DrawnText {
    std::string_view text;
    const typeset::TextStyle& style;
    Box place;
    const Image& image;  // lives until the next begin
  };
  using TextWatcher = std::function<void(const DrawnText&)>;
  void watch_texts(TextWatcher watcher) { watcher_ = std::move(watcher); }

 private:
  typeset::TextStyle style_of(const TextLook& look, int wrap) const;
  // Whether the text fits in its wanted size without breaking a word.
  bool fits(std::string_view text, const TextLook& look, const typeset::TextStyle& style, int height);
  // Nothing when no size is small enough.
  std::optional<typeset::TextStyle> fitted(std::string_view text, TextLook look, const Box& box);
  std::string shorten(std::string_view text, const TextLook& look, const typeset::TextStyle& style, int height);
  void paint_text(const Box& box, std::string_view text, const typeset::TextStyle& style, Tone ink);
  void forget_shortened();
  void draw_focus_ring();

  TextCache texts_;
  Discs discs_;
  std::optional<Interaction> interaction_;
  SemanticTree tree_;
  FrameSetting setting_;
  Measures measures_ = measures_of(kiosk::TextStep::normal);
  bool steady_possible_ = false;
  Zone zone_ = Zone::page;
  TextWatcher watcher_;
  double scale_ = 4.0;  // pixels per mm
  std::vector<std::string> shortened_;
  std::vector<std::string> overflows_;
};

}  // namespace ui
