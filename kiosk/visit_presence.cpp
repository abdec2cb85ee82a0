// Whether the resident is still there, the pages that lie over a stage, and the end of the visit.
#include <utility>

#include "kiosk/visit.h"

namespace kiosk {
namespace {

// Pages that tell something and wait; no time runs out on them.
bool tells(Overlay overlay) { return overlay == Overlay::help || overlay == Overlay::voice || overlay == Overlay::keys; }

}  // namespace

// A page over the stage hides its buttons: a press that could not be meant for it only shows that somebody is there.
bool Visit::overlay_takes(const Event& event) {
  if (state_.stage == Stage::wiped) {
    enter_welcome();
    return true;
  }
  if (state_.overlay == Overlay::none) return false;
  const bool done = std::holds_alternative<StartOver>(event) || std::holds_alternative<Done>(event);
  const bool still_here = std::holds_alternative<StillHere>(event);
  const bool settles = is_setting(event);
  if (tells(state_.overlay)) {
    if (still_here || std::holds_alternative<CloseHelp>(event) || std::holds_alternative<Back>(event)) close_overlay();
    const bool turns = std::holds_alternative<OpenVoice>(event) || std::holds_alternative<OpenKeys>(event);
    return !done && !settles && !turns && !std::holds_alternative<OpenStaff>(event);
  }
  if (done) {
    end_visit();
    return true;
  }
  const bool asks_help = std::holds_alternative<OpenHelp>(event);
  if (state_.overlay == Overlay::still_there || still_here || asks_help)
    answer_overlay();
  else
    ask(Overlay::card_away);  // any touch gives the whole time again, but may be the next person's
  return !settles && !asks_help;
}

void Visit::close_overlay() {
  state_.overlay = Overlay::none;
  state_.seconds_left = 0;
}

// Back to exactly where the resident was.
void Visit::answer_overlay() {
  const bool covered = state_.overlay == Overlay::still_there;
  close_overlay();
  if (covered) state_.overlay = beneath_;
}

void Visit::ask(Overlay question) {
  if (state_.overlay == Overlay::staff_pin || state_.overlay == Overlay::staff) return;  // staff are there
  beneath_ = question == Overlay::still_there && tells(state_.overlay) ? state_.overlay : Overlay::none;
  state_.overlay = question;
  state_.seconds_left = static_cast<int>(kTimeToAnswer.count());
  asked_at_ = now_.instant;
}

void Visit::on(OpenHelp) { state_.overlay = Overlay::help; }

void Visit::on(OpenVoice) { state_.overlay = Overlay::voice; }

void Visit::on(OpenKeys) { state_.overlay = Overlay::keys; }

void Visit::on(const SetVoice& wish) { state_.voice = within_limits(wish.settings); }

// In: speech begins by itself. Out: silence; what was private stays hidden behind the curtain until it is drawn back.
void Visit::on(HeadsetChanged headset) {
  if (headset.plugged == state_.headset) return;
  last_sign_ = now_.instant;
  state_.resting = false;
  state_.headset = headset.plugged;
  state_.voice.on = headset.plugged;
  state_.voice.private_aloud = false;
}

void Visit::on(const SetLanguage& wish) {
  const Language before = std::exchange(state_.language, wish.language);
  if (state_.session) turn_phrases(before);
}

void Visit::on(SetTextStep wish) { state_.text_step = wish.step; }

void Visit::on(SetTheme wish) { state_.theme = wish.theme; }

void Visit::on(SetLowLayout wish) { state_.low_layout = wish.low; }

void Visit::on(SetSteady wish) { state_.steady = wish.steady; }

void Visit::on(ResetSettings) { reset_looks(); }

bool Visit::is_setting(const Event& event) {
  return std::visit(
      []<class E>(const E&) {
        return std::is_same_v<E, SetLanguage> || std::is_same_v<E, SetTextStep> || std::is_same_v<E, SetTheme> ||
               std::is_same_v<E, SetLowLayout> || std::is_same_v<E, SetSteady> || std::is_same_v<E, SetVoice> ||
               std::is_same_v<E, ResetSettings>;
      },
      event);
}

void Visit::on(StartOver) {
  // While it is being saved the resident would lose the code of what is already submitted.
  if (state_.session && state_.stage != Stage::saving && !awaits_number()) end_visit();
}

void Visit::on(Done) {
  if (on_paper() && !awaits_number()) end_visit();
}

void Visit::leave_services() {
  if (state_.session->category) return state_.session->category.reset();
  if (state_.session->person) return end_visit();
  end_session();
  enter(Stage::welcome);  // nobody has left: language and text size stay
}

void Visit::end_session() {
  state_.paper_to_take = paper_came_out();
  wipe(*state_.session);
  state_.session.reset();
  close_overlay();
  own_card_on_plate_ = false;
  commands_.emplace_back(ForgetEverything{});
}

void Visit::end_visit() {
  if (!state_.session) return forget_settings();
  end_session();
  if (state_.card_on_plate)
    enter(Stage::take_card);
  else
    enter_wiped();
}

void Visit::enter_wiped() {
  enter(Stage::wiped);
  close_overlay();
  waiting_since_ = now_.instant;
}

void Visit::enter_welcome() {
  enter(Stage::welcome);
  state_.paper_to_take = false;
  close_overlay();
  reset_settings();
}

// Nobody began anything, and nobody is there.
void Visit::forget_settings() {
  close_overlay();
  reset_settings();
  state_.resting = state_.stage == Stage::welcome && !state_.closed;
}

void Visit::reset_settings() {
  state_.language = hall_.default_language;
  reset_looks();
}

void Visit::reset_looks() {
  state_.text_step = TextStep::normal;
  state_.theme = Theme::standard;
  state_.low_layout = false;
  state_.steady = false;
  state_.voice = first_voice();
}

bool Visit::settings_are_default() const {
  return state_.language == hall_.default_language && state_.text_step == TextStep::normal && state_.theme == Theme::standard &&
         !state_.low_layout && !state_.steady && state_.voice == first_voice();
}

VoiceSettings Visit::first_voice() const {
  VoiceSettings voice;
  voice.on = state_.headset;
  return voice;
}

}  // namespace kiosk
