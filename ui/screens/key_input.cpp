// Keys on the resident's screen: what each does, on every page alike (facts: accessibility §3.2).
#include "ui/screens/kiosk_screen.h"

namespace ui {
namespace {

using kiosk::VoiceSettings;

bool walks(Key key) { return key == Key::up || key == Key::down || key == Key::move; }

// Settings of the voice that a key changes; the same when it changes none.
VoiceSettings turned(VoiceSettings voice, Key key) {
  voice.volume += key == Key::louder ? 1 : key == Key::softer ? -1 : 0;
  voice.rate += key == Key::faster ? 1 : key == Key::slower ? -1 : 0;
  if (key == Key::curtain) voice.curtain = !voice.curtain;
  if (key == Key::listen) voice.on = !voice.on;
  return kiosk::within_limits(voice);
}

std::vector<kiosk::Event> one(kiosk::Event event) {
  std::vector<kiosk::Event> events;
  events.push_back(std::move(event));
  return events;
}

}  // namespace

// A trembling hand does (EN 301 549 5.8).
bool KioskScreen::strikes_twice(Key key, const kiosk::Moment& now) const {
  const auto guard = walks(key) ? kWalkGuard : digit_of(key) ? kDigitRepeatGuard : kRepeatGuard;
  return last_key_ == key && now.instant - last_key_at_ < (kit_.steady() ? kSteadyGuards : 1) * guard;
}

bool KioskScreen::refuses(Key key, const kiosk::Moment& now) const {
  const bool early = now.instant - guard_.page_since < (kit_.steady() ? kSteadyGuards : 1) * kRepeatGuard;
  return strikes_twice(key, now) || (!walks(key) && early);
}

// The id of a control; empty = the key chooses none.
std::string KioskScreen::chosen_by(Key key) const {
  if (key == Key::ok || key == Key::select) return focus_.id();
  if (key == Key::left) return "back";
  if (key == Key::right) return "next";
  if (key == Key::language) return "language";
  const auto digit = digit_of(key);
  return digit ? std::string("digit/") + *digit : std::string();
}

bool KioskScreen::show_press(Key key, const VisitView& visit, const kiosk::Moment& now) {
  notice_page(visit, now);
  if (visit.state.overlay == kiosk::Overlay::keys || refuses(key, now)) return false;
  look_.begin(chosen_by(key));
  return !look_.id().empty();
}

std::vector<kiosk::Event> KioskScreen::choose(std::string_view id, const VisitView& visit, const kiosk::Moment& now) {
  const SemanticNode* node = kit_.tree().by_id(id);
  if (node == nullptr || !node->interactive() || node->disabled) return one(kiosk::Touched{});
  if (look_.id() != id) look_.begin(std::string(id));
  std::vector<kiosk::Event> events = run(visit, now, {}, std::string(id));
  if (events.empty()) events.emplace_back(kiosk::Touched{});
  return events;
}

std::vector<kiosk::Event> KioskScreen::help_key(const VisitView& visit) const {
  if (visit.state.overlay == kiosk::Overlay::help) return one(kiosk::OpenKeys{});
  return one(kiosk::OpenHelp{});
}

void KioskScreen::scan_on(const VisitView& visit, const kiosk::Moment& now) {
  run(visit, now, {});
  if (visit.state.overlay != kiosk::Overlay::keys) focus_.move(kit_.tree(), 1, Walk::pressable);
}

std::vector<kiosk::Event> KioskScreen::take(Key key, const VisitView& visit, const kiosk::Moment& now) {
  run(visit, now, {});
  const bool again = last_key_ == key;
  if (key == Key::headset_in || key == Key::headset_out) return one(kiosk::HeadsetChanged{key == Key::headset_in});
  const bool refused = refuses(key, now);
  if (!strikes_twice(key, now)) last_key_at_ = now.instant;
  last_key_ = key;
  if (refused) return one(kiosk::Touched{});
  // Where keys are learnt they only say their names; help, or any other struck twice with a pause, leads out.
  if (visit.state.overlay == kiosk::Overlay::keys) {
    if (key == Key::help || (again && (key == Key::ok || key == Key::select))) return one(kiosk::CloseHelp{});
    return one(kiosk::Touched{});
  }
  const Walk walk = visit.state.voice.on ? Walk::everything : Walk::pressable;
  switch (key) {
    case Key::up:
    case Key::down:
      focus_.move(kit_.tree(), key == Key::down ? 1 : -1, walk);
      return one(kiosk::Touched{});
    case Key::move:
      focus_.move(kit_.tree(), 1, Walk::pressable);
      return one(kiosk::Touched{});
    case Key::help:
      return help_key(visit);
    case Key::louder:
    case Key::softer:
    case Key::faster:
    case Key::slower:
    case Key::curtain:
    case Key::listen:
      return one(kiosk::SetVoice{turned(visit.state.voice, key)});
    case Key::repeat:
    case Key::pause:
      return one(kiosk::Touched{});  // the voice's own
    case Key::ok:
    case Key::select:
    case Key::left:
    case Key::right:
    case Key::language:
    case Key::headset_in:
    case Key::headset_out:
    case Key::digit_0:
    case Key::digit_1:
    case Key::digit_2:
    case Key::digit_3:
    case Key::digit_4:
    case Key::digit_5:
    case Key::digit_6:
    case Key::digit_7:
    case Key::digit_8:
    case Key::digit_9:
      break;
  }
  return choose(chosen_by(key), visit, now);
}

}  // namespace ui
