// The resident's screen: draws a visit, and turns presses into events for it. Holds no state of the visit; what it
// remembers between frames (which page of a cut list, what is pressed) is nothing personal, but for a word that is just being
// written (ui/input/), and for pictures of the camera.
//
// Flow per input: handle(transition) → events → visit.handle(event) … → draw(). One thread.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "ui/input/focus.h"
#include "ui/input/input_methods.h"
#include "ui/input/keys.h"
#include "ui/kit/kit.h"
#include "ui/kit/painter.h"
#include "ui/kit/pointer.h"
#include "ui/screens/page.h"
#include "ui/screens/picture_shelf.h"
#include "ui/screens/pressed_look.h"

namespace ui {

inline constexpr std::chrono::milliseconds kRepeatGuard{500};       // EN 301 549 5.8: the same control again
inline constexpr std::chrono::milliseconds kDigitRepeatGuard{150};  // a digit may honestly be wanted twice
inline constexpr std::chrono::milliseconds kWalkGuard{100};         // of the keys that only move the focus
inline constexpr std::chrono::milliseconds kPageGuard{300};         // after a page change (facts: accessibility §0)
inline constexpr int kSteadyGuards = 2;                             // times as long where hands tremble

class KioskScreen {
 public:
  // `width_mm`: width of the surface's picture on the panel, which fixes how large everything is.
  KioskScreen(typeset::Typesetter& typesetter, const kiosk::Translations& translations, double width_mm);

  // How high the picture's lower edge hangs above the floor, in mm; 0 = not known, and no low layout is offered.
  void mount(double height_mm) { mounting_mm_ = height_mm; }

  // The size of the surface to come, in pixels; drawing to another size adopts that. With another width in mm when the panel
  // was turned. No size at all is a window that has no surface just now: everything stays as it is.
  void resize(int width, int height);
  void resize(int width, int height, double width_mm);

  // One transition of the contact. Activation is on release on the same target, or within kSnap of it and of no other; a press
  // that does nothing else is Touched, and kLifted is nothing at all.
  std::vector<kiosk::Event> handle(const PointerTransition& raw, const VisitView& visit, const kiosk::Moment& now);

  // Lets what a key is about to choose look pressed; false when it chooses nothing. A page that take() leaves behind has to be
  // drawn in between.
  bool show_press(Key key, const VisitView& visit, const kiosk::Moment& now);

  // One key, as key_pressed() gives it. Moves the focus, or chooses what has it; a key that does nothing else is Touched.
  std::vector<kiosk::Event> take(Key key, const VisitView& visit, const kiosk::Moment& now);

  // The focus moves on by itself, for who has one switch. Nobody pressed anything.
  void scan_on(const VisitView& visit, const kiosk::Moment& now);

  // Presses what has this label or id, down and up in its middle, as somebody who waited long enough, turning pages to
  // find it. Nothing when there is no such control or it is disabled.
  std::optional<std::vector<kiosk::Event>> press(std::string_view label_or_id, const VisitView& visit, const kiosk::Moment& now);

  // Brings the surface up to date and returns what changed on it; nothing when the picture is the same, or when the page before
  // still has to show what was pressed on it.
  // The surface must hold what the last call left there; if not, call repaint() first.
  std::vector<Box> draw(Surface& surface, const VisitView& visit, const kiosk::Moment& now);
  void repaint() { painter_.forget(); }
  // When to draw again although nothing happens: something has looked pressed for long enough. Nothing = never.
  std::optional<base::Instant> deadline() const { return look_.until(); }

  // Without its words the picture shows what they stand on: tests measure contrast by comparing.
  void show_words(bool words) { words_ = words; }

  // What the voice says now; stands in the header. Empty = the header's own words. `held`: it waits in the middle of that.
  void set_caption(std::string caption, bool held = false);
  // Whether a contact here is about to press the button by which the voice waits and goes on: that is no reason to stop it.
  bool spares_voice(const PointerTransition& pointer) const;
  // The key of the voice that was pressed on the screen, for whoever has the voice; once.
  std::optional<Key> take_voice_key() { return std::exchange(memory_.voice_key, {}); }
  // Names the page that is shown: stage, page over it, question, and which part of a cut list.
  std::string page() const;
  const std::string& focus() const { return focus_.id(); }  // id of the node with the ring; empty = none

  // Of the last handle, press or draw.
  const SemanticTree& tree() const { return kit_.tree(); }
  const Kit& kit() const { return kit_; }
  void watch_texts(Kit::TextWatcher watcher) { kit_.watch_texts(std::move(watcher)); }

  // The visit ended: overwrites text images, widget state, tree and the frame's memory.
  void forget();

 private:
  struct Guard {
    std::string control;  // last activated
    base::Instant at;
    base::Instant page_since;
    bool ignoring = false;  // this contact went down too soon
  };
  PointerTransition aimed(const PointerTransition& pointer);
  std::vector<kiosk::Event> run(const VisitView& visit, const kiosk::Moment& now, const PointerTransition& pointer,
                                std::string activate = {});
  std::vector<kiosk::Event> touch_curtain(const PointerTransition& pointer, const VisitView& visit) const;
  Box curtain_button() const;
  void draw_curtain(const Page& page);
  bool waits_for_look(const Surface& surface, const kiosk::Moment& now);
  // key_input.cpp
  std::vector<kiosk::Event> choose(std::string_view id, const VisitView& visit, const kiosk::Moment& now);
  std::vector<kiosk::Event> help_key(const VisitView& visit) const;
  bool strikes_twice(Key key, const kiosk::Moment& now) const;
  bool refuses(Key key, const kiosk::Moment& now) const;
  std::string chosen_by(Key key) const;
  void notice_page(const VisitView& visit, const kiosk::Moment& now);
  bool too_soon(const kiosk::Moment& now) const;
  void allow_now();
  std::optional<std::vector<kiosk::Event>> press_here(std::string_view label_or_id, const VisitView& visit,
                                                      const kiosk::Moment& now);

  Kit kit_;
  Painter painter_;
  const kiosk::Translations& translations_;
  double width_mm_;
  double mounting_mm_ = 0;
  int width_ = 1080;
  int height_ = 1920;
  bool words_ = true;
  ScreenMemory memory_;
  InputMethods input_;
  PictureShelf pictures_;
  PointerTransition pointer_;
  PressedLook look_;
  std::string aim_;       // the target that the contact went down on or near
  std::string page_;      // which page is shown: stage, question, overlay
  std::string stage_;     // of it, without the overlay
  int page_beneath_ = 0;  // memory_.page of what the overlay covers
  bool covered_ = false;
  Guard guard_;
  Focus focus_;
  std::optional<Key> last_key_;
  base::Instant last_key_at_;
  std::vector<Quad> frame_;
};

}  // namespace ui
