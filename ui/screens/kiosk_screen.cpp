#include "ui/screens/kiosk_screen.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/secret.h"
#include "ui/screens/aim.h"
#include "ui/screens/reach.h"
#include "ui/screens/screens.h"

namespace ui {
namespace {

constexpr base::Instant kLongAgo{std::chrono::hours{-1}};
constexpr int kMostPages = 64;  // of one cut list; a bound for press()

void draw_stage(Page& page) {
  switch (page.visit.state.stage) {
    case kiosk::Stage::welcome:
      return page.visit.state.closed    ? closed_screen(page)
             : page.visit.state.resting ? attract_screen(page)
                                        : welcome_screen(page);
    case kiosk::Stage::identify:
      return identify_screen(page);
    case kiosk::Stage::services:
      return services_screen(page);
    case kiosk::Stage::not_eligible:
      return not_eligible_screen(page);
    case kiosk::Stage::question:
      return question_screen(page);
    case kiosk::Stage::check:
      return check_screen(page);
    case kiosk::Stage::saving:
      return saving_screen(page);
    case kiosk::Stage::receipt:
      return receipt_screen(page);
    case kiosk::Stage::status:
      return status_screen(page);
    case kiosk::Stage::windows:
      return windows_screen(page);
    case kiosk::Stage::ticket:
      return ticket_screen(page);
    case kiosk::Stage::take_card:
      return take_card_screen(page);
    case kiosk::Stage::wiped:
      return wiped_screen(page);
  }
}

void draw_page(Page& page) {
  switch (page.visit.state.overlay) {
    case kiosk::Overlay::still_there:
      return still_there_overlay(page);
    case kiosk::Overlay::card_away:
      return card_away_overlay(page);
    case kiosk::Overlay::help:
      return help_overlay(page);
    case kiosk::Overlay::voice:
      return voice_overlay(page);
    case kiosk::Overlay::keys:
      return keys_overlay(page);
    case kiosk::Overlay::staff_pin:
      return staff_pin_overlay(page);
    case kiosk::Overlay::staff:
      return staff_overlay(page);
    case kiosk::Overlay::none:
      break;
  }
  if (page.memory.start_over) return start_over_overlay(page);
  draw_stage(page);
}

// A stage's own pages: which category, how words are given, which part of an address, what is
// asked about earlier applications.
std::string part_name(const kiosk::Session& session) {
  const kiosk::EarlierApplications& earlier = session.earlier;
  return fmt::format("{}/{}/{}/{}/{}{}{}", session.category ? static_cast<int>(*session.category) : -1,
                     session.way ? static_cast<int>(*session.way) : -1, session.part ? static_cast<int>(*session.part) : -1,
                     static_cast<int>(session.photo.step), earlier.typing ? "t" : "", earlier.asking ? "q" : "",
                     earlier.answer ? "a" : "");
}

std::string stage_name(const VisitView& visit) {
  return fmt::format("{}/{}{}/{}/{}", static_cast<int>(visit.state.stage), visit.state.closed ? "c" : "",
                     visit.state.resting ? "r" : "", visit.question != nullptr ? visit.question->id : std::string(),
                     visit.session() != nullptr ? part_name(*visit.session()) : std::string());
}

std::string page_name(const VisitView& visit) {
  return fmt::format("{}/{}", stage_name(visit), static_cast<int>(visit.state.overlay));
}

const SemanticNode* under(const SemanticTree& tree, const PointerTransition& at) {
  for (const SemanticNode& node : tree.nodes())
    if (node.interactive() && node.box.contains(at.x, at.y)) return &node;
  return nullptr;
}

}  // namespace

KioskScreen::KioskScreen(typeset::Typesetter& typesetter, const kiosk::Translations& translations, double width_mm)
    : kit_(typesetter), translations_(translations), width_mm_(width_mm) {}

void KioskScreen::resize(int width, int height) {
  if (width <= 0 || height <= 0) return;
  width_ = width;
  height_ = height;
}

void KioskScreen::resize(int width, int height, double width_mm) {
  resize(width, height);
  if (width > 0 && height > 0) width_mm_ = width_mm;
}

std::vector<kiosk::Event> KioskScreen::run(const VisitView& visit, const kiosk::Moment& now, const PointerTransition& pointer,
                                           std::string activate) {
  notice_page(visit, now);
  const Reach reach = reach_of({width_, height_}, width_mm_, mounting_mm_);
  const bool low = visit.state.low_layout && reach.possible;
  const double room = low ? (reach.bottom - reach.top) * width_mm_ / width_ : 0;
  const bool staff = visit.state.overlay == kiosk::Overlay::staff_pin || visit.state.overlay == kiosk::Overlay::staff;
  const bool steady = visit.state.steady && !staff;
  const bool curtain = visit.state.voice.curtain;
  kit_.begin({width_, height_, width_mm_, visit.state.language, visit.state.text_step, visit.state.theme,
              curtain ? PointerTransition{} : pointer, room, steady, words_, std::move(activate), focus_.id(), look_.id()});
  pictures_.begin();
  Page page{kit_,          visit,          now, Words{translations_, visit.state.language}, memory_, input_, pictures_,
            kit_.canvas(), reach.possible, {}};
  if (low) page.sheet = low_sheet(kit_, reach);
  draw_page(page);
  if (curtain) draw_curtain(page);
  frame_ = kit_.end();
  return std::move(page.events);
}

void KioskScreen::notice_page(const VisitView& visit, const kiosk::Moment& now) {
  std::string name = page_name(visit);
  if (name == page_) return;
  page_ = std::move(name);
  // Who comes back from the help page finds the list where it was left.
  const bool same_stage = stage_name(visit) == stage_;
  if (visit.state.overlay == kiosk::Overlay::none)
    memory_.page = same_stage ? page_beneath_ : 0;
  else if (same_stage && !covered_)
    page_beneath_ = memory_.page;
  if (visit.state.overlay != kiosk::Overlay::none) memory_.page = 0;
  if (!same_stage) {
    page_beneath_ = 0;
    input_.clear();
  }
  covered_ = visit.state.overlay != kiosk::Overlay::none;
  stage_ = stage_name(visit);
  focus_.leave();
  last_key_.reset();
  if (visit.session() == nullptr) memory_.start_over = false;
  guard_.page_since = now.instant;
}

bool KioskScreen::too_soon(const kiosk::Moment& now) const {
  const int times = kit_.steady() ? kSteadyGuards : 1;
  if (now.instant - guard_.page_since < times * kPageGuard) return true;
  const SemanticNode* node = under(kit_.tree(), pointer_);
  if (node == nullptr || node->id != guard_.control) return false;
  return now.instant - guard_.at <
         times * (node->id.starts_with("digit/") || node->id.starts_with("key/") ? kDigitRepeatGuard : kRepeatGuard);
}

// A finger beside a target means it as long as it stays there.
PointerTransition KioskScreen::aimed(const PointerTransition& pointer) {
  const SemanticNode* node = aimed_at(kit_.tree(), pointer.x, pointer.y, kit_.px(kSnap), kit_.px(kEquallyNear));
  if (pointer.down && !pointer_.down) aim_ = node != nullptr ? node->id : std::string();
  if (node == nullptr || node->id != aim_) return pointer;
  const Box& box = node->box;
  return {std::clamp(pointer.x, box.x, box.right() - 1), std::clamp(pointer.y, box.y, box.bottom() - 1), pointer.down};
}

std::vector<kiosk::Event> KioskScreen::handle(const PointerTransition& raw, const VisitView& visit, const kiosk::Moment& now) {
  const PointerTransition pointer = aimed(raw);
  const bool went_down = pointer.down && !pointer_.down;
  const bool went_up = !pointer.down && pointer_.down;
  pointer_ = pointer;
  if (went_down) {
    notice_page(visit, now);
    guard_.ignoring = too_soon(now);
    if (!guard_.ignoring) look_.begin(aim_);
  }
  if (guard_.ignoring) {
    if (!went_up) return {};
    guard_.ignoring = false;
    std::vector<kiosk::Event> touched;
    if (raw.x != kLifted.x) touched.emplace_back(kiosk::Touched{});
    return touched;
  }
  if (visit.state.voice.curtain && went_up)
    return raw.x == kLifted.x ? std::vector<kiosk::Event>{} : touch_curtain(pointer, visit);
  std::vector<kiosk::Event> events = run(visit, now, pointer);
  if (!went_up) return events;
  if (const SemanticNode* node = under(kit_.tree(), pointer); node != nullptr && !events.empty()) {
    guard_.control = node->id;
    guard_.at = now.instant;
  }
  if (events.empty() && raw.x != kLifted.x) events.emplace_back(kiosk::Touched{});
  return events;
}

void KioskScreen::allow_now() { guard_ = Guard{{}, kLongAgo, kLongAgo, false}; }

std::optional<std::vector<kiosk::Event>> KioskScreen::press_here(std::string_view label_or_id, const VisitView& visit,
                                                                 const kiosk::Moment& now) {
  const SemanticNode* node = kit_.tree().find(label_or_id);
  if (node == nullptr || node->disabled) return std::nullopt;
  const int x = node->box.x + node->box.w / 2;
  const int y = node->box.y + node->box.h / 2;
  allow_now();
  std::vector<kiosk::Event> events = handle({x, y, true}, visit, now);
  for (kiosk::Event& event : handle({x, y, false}, visit, now)) events.push_back(std::move(event));
  look_.end();
  return events;
}

std::optional<std::vector<kiosk::Event>> KioskScreen::press(std::string_view label_or_id, const VisitView& visit,
                                                            const kiosk::Moment& now) {
  run(visit, now, {});
  const int first = memory_.page;
  for (int i = 0; i < kMostPages; ++i) {
    if (auto events = press_here(label_or_id, visit, now)) return events;
    if (!press_here("more", visit, now) || memory_.page == first) return std::nullopt;
    run(visit, now, {});
  }
  return std::nullopt;
}

std::vector<Box> KioskScreen::draw(Surface& surface, const VisitView& visit, const kiosk::Moment& now) {
  if (surface.box().empty()) return {};
  resize(surface.width(), surface.height());
  if (look_.over(now.instant)) look_.end();
  run(visit, now, guard_.ignoring ? PointerTransition{} : pointer_);
  if (waits_for_look(surface, now)) return {};
  return painter_.paint(surface, std::move(frame_));
}

// A page on which the pressed control is no more waits until that was seen on the page before.
bool KioskScreen::waits_for_look(const Surface& surface, const kiosk::Moment& now) {
  if (look_.id().empty()) return false;
  const SemanticNode* node = kit_.tree().by_id(look_.id());
  if (node != nullptr && node->pressed) {
    look_.seen(now.instant);
    return false;
  }
  if (!look_.until() || !painter_.shows(surface.box())) {
    look_.end();
    return false;
  }
  guard_.page_since = *look_.until();
  return true;
}

void KioskScreen::forget() {
  frame_.clear();
  painter_.forget();
  kit_.forget();
  input_.forget();
  pictures_.forget();
  pointer_ = {};
  look_.end();
  base::wipe(memory_.caption);
  aim_.clear();
  memory_ = {};
  focus_.leave();
}

void KioskScreen::set_caption(std::string caption, bool held) {
  base::wipe(memory_.caption);
  memory_.caption = std::move(caption);
  memory_.voice_held = held;
}

bool KioskScreen::spares_voice(const PointerTransition& pointer) const {
  const SemanticNode* node = aimed_at(kit_.tree(), pointer.x, pointer.y, kit_.px(kSnap), kit_.px(kEquallyNear));
  return node != nullptr && node->id == kVoiceTool && !memory_.caption.empty();
}

std::string KioskScreen::page() const { return fmt::format("{}#{}{}", page_, memory_.page, memory_.start_over ? "?" : ""); }

Box KioskScreen::curtain_button() const {
  const int w = width_ * 3 / 4;
  const int h = height_ / 4;
  return {(width_ - w) / 2, (height_ - h) / 2, w, h};
}

void KioskScreen::draw_curtain(const Page& page) {
  kit_.cover(curtain_button(), "curtain", page.words.text("The screen is hidden. Touch here to show it."));
}

std::vector<kiosk::Event> KioskScreen::touch_curtain(const PointerTransition& pointer, const VisitView& visit) const {
  std::vector<kiosk::Event> events;
  kiosk::VoiceSettings voice = visit.state.voice;
  voice.curtain = false;
  if (curtain_button().contains(pointer.x, pointer.y))
    events.emplace_back(kiosk::SetVoice{voice});
  else
    events.emplace_back(kiosk::Touched{});
  return events;
}

}  // namespace ui
