// What every screen gets, and what all pages have in common: header, tool row, footer, pages of items.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/event.h"
#include "kiosk/moment.h"
#include "ui/input/keys.h"
#include "ui/kit/controls.h"
#include "ui/kit/flow.h"
#include "ui/kit/parts.h"
#include "ui/screens/visit_view.h"
#include "ui/screens/words.h"

namespace ui {

// What the screens remember between frames; nothing of it is personal.
struct ScreenMemory {
  int page = 0;                    // of a page that was cut
  bool start_over = false;         // "really start over?" is asked
  std::string caption;             // what the voice says now; may be personal; empty = it is silent
  bool voice_held = false;         // it waits in the middle of that
  std::optional<Key> voice_key{};  // the key of the voice that a press stood for
};

class InputMethods;
class PictureShelf;

struct Page {
  Kit& kit;
  const VisitView& visit;
  const kiosk::Moment& now;
  const Words words;
  ScreenMemory& memory;
  InputMethods& input;
  PictureShelf& pictures;
  // Where header, page, tools and footer are drawn: the whole picture, or, in the low layout, what a hand reaches from a
  // wheelchair, with the header on top of it.
  Box sheet;
  bool low_layout_possible = false;
  std::vector<kiosk::Event> events;  // what the resident did in this frame

  void emit(kiosk::Event event) { events.push_back(std::move(event)); }
};

struct FooterButton {
  std::string label;
  std::string icon;
  std::function<void(Page&)> act;
  bool disabled = false;
};

// Back · Help · Next, always in this order and place; a missing one leaves its place empty.
struct Footer {
  std::optional<FooterButton> back;
  bool help = true;
  bool tools = true;
  std::optional<FooterButton> next;
};
FooterButton back_button(const Page& page);
FooterButton next_button(std::string label, std::function<void(Page&)> act);

// Draws background, header, tools and footer on the sheet; returns the room left for the page itself.
Box frame_page(Page& page, const Footer& footer);
// Header alone over a dimmed ground, for overlays; returns the room below it.
Box frame_overlay(Page& page);

// The page's title, on each of its pages.
void add_title(Page& page, Flow& flow, const std::string& title);
void add_lead(Page& page, Flow& flow, const std::string& id, const std::string& text);
// A notice of the visit, when there is one.
void add_visit_notice(Page& page, Flow& flow);
void add_notice(Page& page, Flow& flow, const Notice& notice);
void add_button(Page& page, Flow& flow, const Button& spec, const std::function<void()>& act);
Notice failure_notice(const Page& page, base::Failure failure);
// Items side by side in `columns`, fewer where one would be higher than a page, row by row; each row is as high as its highest.
struct GridItem {
  std::function<int(int width)> height;
  Flow::Draw draw;
  bool is_choice = false;  // a page has at most six of these (facts: accessibility A46)
};
void add_grid(Page& page, Flow& flow, int columns, const std::vector<GridItem>& items);
void draw_flow(Page& page, const Box& area, const std::function<void(Flow&)>& build);

}  // namespace ui
