// The reader: opening, warming up, recovering. The card is in sdt_dialogue_card.cpp.
#include "hal/id_card/sdt_dialogue.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "hal/id_card/module_identity.h"

namespace hal {
namespace {

constexpr unsigned kIdentityTries = 3;
// Rungs of the ladder, by the number of unanswered questions.
constexpr unsigned kAskAgain = 1;
constexpr unsigned kResetModule = 2;
constexpr unsigned kReopen = 3;
constexpr unsigned kCutPower = 4;

std::chrono::milliseconds rest_until(base::Instant now, base::Instant due) {
  return std::chrono::ceil<std::chrono::milliseconds>(due - now);
}

}  // namespace

SdtDialogue::SdtDialogue(const SdtTiming& timing, TodayProvider today, CardReaderSink report)
    : timing_(timing), today_(std::move(today)), report_(std::move(report)) {}

SdtStep SdtDialogue::next(base::Instant now, bool card_wanted, bool photo_wanted) {
  if (card_wanted && !card_wanted_) searches_in_vain_ = 0;
  card_wanted_ = card_wanted;
  photo_wanted_ = photo_wanted;
  if (state_ == State::closed) return next_while_closed(now);
  if (state_ == State::cutting_power) return SdtCutPower{};
  const bool only_watching = state_ == State::idle && !searching();
  const base::Instant due = only_watching ? due_ + timing_.idle_check_period : due_;
  if (now < due) return SdtRest{rest_until(now, due)};
  asked_ = question();
  return SdtAsk{asked_, std::exchange(drain_, false)};
}

SdtStep SdtDialogue::next_while_closed(base::Instant now) {
  if (std::exchange(transport_open_, false)) return SdtClose{reset_};
  if (power_is_cut_ && now >= due_) {
    power_is_cut_ = false;
    returns_until_ = now + timing_.power_return;
    close(now, timing_.power_return);
    return SdtRestorePower{};
  }
  if (now >= due_) return SdtOpen{};
  if (device_came_ || power_is_cut_) return SdtRest{rest_until(now, due_)};
  return SdtAwaitDevice{rest_until(now, due_)};
}

SdtCommand SdtDialogue::question() const {
  switch (state_) {
    case State::closed:
    case State::cutting_power:
    case State::warming_up:
      return SdtCommand::status;
    case State::resetting:
      return SdtCommand::reset;
    case State::identifying:
      return SdtCommand::module_id;
    case State::idle:
      return searching() ? SdtCommand::find_card : SdtCommand::status;
    case State::selecting:
      return SdtCommand::select_card;
    case State::reading:
      return SdtCommand::read_text;
    case State::present:
      return SdtCommand::read_new_address;
    case State::rejected:
      return watch_by_search_ ? SdtCommand::find_card : SdtCommand::read_new_address;
  }
  return SdtCommand::status;
}

void SdtDialogue::opened(base::Instant now) {
  transport_open_ = true;
  identity_tries_ = 0;
  drain_ = false;
  warm_until_ = now + timing_.warm_up;
  report_health(DeviceState::starting);
  enter(State::warming_up, now);
}

void SdtDialogue::not_opened(std::optional<base::Failure> trouble, base::Instant now) {
  if (now < returns_until_) return close(now, std::min(timing_.absent_period, rest_until(now, returns_until_)));
  lose_card();
  identity_.clear();
  faults_ = 0;
  report_health(trouble ? DeviceState::offline : DeviceState::no_device, trouble);
  close(now, timing_.absent_period);
}

void SdtDialogue::device_may_have_come(base::Instant now) {
  if (now >= due_) return;
  device_came_ = true;
  due_ = std::min(due_, closed_at_ + timing_.reopen_pause);
}

void SdtDialogue::answered(const SdtAnswer& answer, base::Instant now) {
  const SdtMeaning meaning = sdt_status(answer.sw3).meaning;
  if (meaning == SdtMeaning::reader_out_of_order) return give_up(base::Failure::card_reader_out_of_service, now);
  if (meaning == SdtMeaning::link_error) return failed(LinkFault::damaged, now);
  switch (state_) {
    case State::closed:
    case State::cutting_power:
      return;
    case State::resetting:
      return rest_after_reset(now);
    case State::warming_up:
      return on_status(answer, now);
    case State::identifying:
      return on_identity(answer, now);
    case State::idle:
      return on_idle(answer, now);
    case State::selecting:
      return on_selected(answer, now);
    case State::reading:
      return on_text(answer, now);
    case State::present:
    case State::rejected:
      return on_presence(answer, now);
  }
}

void SdtDialogue::failed(LinkFault fault, base::Instant now) {
  if (state_ == State::closed) return;
  if (fault == LinkFault::gone) {
    lose_card();
    identity_.clear();
    faults_ = 0;
    report_health(DeviceState::no_device);
    close(now, std::chrono::milliseconds{0});
    return;
  }
  drain_ = true;
  if (state_ == State::resetting) return rest_after_reset(now);
  if (state_ == State::warming_up && now < warm_until_) {
    due_ = now + timing_.status_period;
    return;
  }
  ++faults_;
  last_fault_ = fault;
  recover(now);
}

void SdtDialogue::recover(base::Instant now) {
  if (faults_ == kAskAgain) {
    due_ = now;
    return;
  }
  base::log::warning("card reader: {}, {} times in a row", last_fault_ == LinkFault::silent ? "no answer" : "damaged answer",
                     faults_);
  if (faults_ > kCutPower) return give_up_unanswered(now);
  must_be_lifted_ = must_be_lifted_ || state_ == State::present || state_ == State::rejected;
  if (faults_ == kCutPower) return enter(State::cutting_power, now);
  report_health(DeviceState::starting);
  if (faults_ == kResetModule) {
    enter(State::resetting, now);
  } else {
    close(now, timing_.reopen_pause);
    reset_ = device_came_ = true;
  }
}

void SdtDialogue::power_cut(base::Instant now) {
  report_health(DeviceState::starting);
  power_is_cut_ = true;
  close(now, timing_.power_off);
}

void SdtDialogue::power_not_cut(base::Instant now) { give_up_unanswered(now); }

void SdtDialogue::give_up_unanswered(base::Instant now) {
  give_up(last_fault_ == LinkFault::silent ? base::Failure::card_no_answer : base::Failure::card_link_error, now);
  reset_ = true;
  faults_ = kCutPower;  // one more silence after the rest and it is given up again
}

void SdtDialogue::give_up(base::Failure failure, base::Instant now) {
  lose_card();
  base::log::failure({failure, "card reader given up for a while"});
  report_health(faulted_by(failure), failure);
  close(now, timing_.breaker);
}

void SdtDialogue::close(base::Instant now, std::chrono::milliseconds pause) {
  closed_at_ = now;
  reset_ = device_came_ = false;
  enter(State::closed, now + pause);
}

void SdtDialogue::rest_after_reset(base::Instant now) {
  identity_tries_ = 0;
  warm_until_ = now + timing_.warm_up;
  enter(State::warming_up, warm_until_);
}

void SdtDialogue::on_status(const SdtAnswer& answer, base::Instant now) {
  if (answer.sw3 == kSdtOk) return enter(State::identifying, now);
  if (now >= warm_until_) return failed(LinkFault::damaged, now);
  due_ = now + timing_.status_period;
}

void SdtDialogue::on_identity(const SdtAnswer& answer, base::Instant now) {
  identity_ = module_identity(answer.data);
  if (identity_.empty() && ++identity_tries_ < kIdentityTries) {
    due_ = now + timing_.status_period;
    return;
  }
  report_health(DeviceState::online);
  enter(State::idle, now);
}

void SdtDialogue::enter(State state, base::Instant due) {
  state_ = state;
  due_ = due;
}

// A fault stays on the staff's page until the reader works again or is unplugged: no flicker at every new attempt.
void SdtDialogue::report_health(DeviceState state, std::optional<base::Failure> failure) {
  const bool still_faulted = reported_ && is_faulted(reported_->state) && state == DeviceState::starting;
  DeviceHealth health{state, failure, identity_};
  if (still_faulted || reported_ == health) return;
  reported_ = health;
  report_(std::move(health));
}

}  // namespace hal
