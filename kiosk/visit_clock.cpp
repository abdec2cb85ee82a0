// What counts, until when, and what happens then.
#include <algorithm>

#include "kiosk/visit.h"

namespace kiosk {
namespace {

bool counts_down(Overlay overlay) { return overlay == Overlay::still_there || overlay == Overlay::card_away; }

}  // namespace

// Somebody chose a language, a text size or help and went away without beginning.
bool Visit::settings_are_left() const { return state_.overlay != Overlay::none || !settings_are_default(); }

// At the start with nobody there: the page that calls people comes up.
bool Visit::may_rest() const {
  const bool began = last_sign_ != base::Instant{};
  return began && state_.stage == Stage::welcome && !state_.closed && !state_.resting;
}

bool Visit::time_counts() const { return counts_down(state_.overlay) || state_.session || settings_are_left() || may_rest(); }

bool Visit::machine_works() const {
  return state_.stage == Stage::saving || awaits_number() || awaits_status() ||
         (on_paper() && state_.session->print == PrintProgress::printing);
}

std::optional<base::Instant> Visit::deadline() const {
  if (machine_works()) {
    if (awaits_number()) return waiting_since_ + kTicketPatience;
    if (awaits_status()) return waiting_since_ + kAnswerPatience;
    if (on_paper()) return waiting_since_ + kPrinterPatience;
    if (state_.session->saved) return waiting_since_ + kWaitForOffice;
    return waiting_since_ + kQueuePatience;
  }
  if (state_.stage == Stage::wiped) return waiting_since_ + (speaking_ ? kLongestSpeech : kGoodbye);
  if (speaking_ && time_counts()) return speaking_since_ + kLongestSpeech;
  if (counts_down(state_.overlay)) return asked_at_ + kTimeToAnswer - std::chrono::seconds(state_.seconds_left - 1);
  if (!time_counts()) return std::nullopt;
  return last_sign_ + kInactivity;
}

void Visit::on(TimePassed) {
  const auto due = deadline();
  if (!due || now_.instant < *due) return;
  if (state_.stage == Stage::wiped) return enter_welcome();
  if (state_.stage == Stage::saving) return give_up_waiting();
  if (awaits_number()) return give_up_ticket();
  if (awaits_status()) return give_up_status();
  if (machine_works()) return give_up_printer();
  if (speaking_) return on(Speaking{false});
  if (counts_down(state_.overlay)) return count_down();
  if (state_.overlay == Overlay::staff_pin || state_.overlay == Overlay::staff) {
    last_sign_ = now_.instant;  // the resident, or the rest, has its own time
    return leave_staff();
  }
  if (state_.session || settings_are_left()) return ask(Overlay::still_there);
  forget_settings();
}

// What was spoken is given back: nobody is hurried for having listened.
void Visit::on(Speaking speaking) {
  if (speaking.now == speaking_) return;
  speaking_ = speaking.now;
  if (speaking_) {
    speaking_since_ = now_.instant;
    return;
  }
  if (counts_down(state_.overlay))
    asked_at_ += now_.instant - std::max(asked_at_, speaking_since_);
  else
    last_sign_ = now_.instant;
}

void Visit::count_down() {
  const auto left = std::chrono::ceil<std::chrono::seconds>(asked_at_ + kTimeToAnswer - now_.instant);
  state_.seconds_left = static_cast<int>(left.count());
  if (state_.seconds_left <= 0) end_visit();
}

}  // namespace kiosk
