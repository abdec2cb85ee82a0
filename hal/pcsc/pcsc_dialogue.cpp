#include "hal/pcsc/pcsc_dialogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/log.h"

namespace hal {
namespace {

constexpr unsigned kTriesUntilGivenUp = 4;        // of reaching the service
constexpr unsigned kReadAttempts = 5;             // of a card that moves or is reset
constexpr unsigned kSilentAttempts = 2;           // of a chip that does not answer
constexpr unsigned kFailedAttempts = 3;           // of a conversation that is damaged
constexpr unsigned kCardsUntilReaderDoubted = 3;  // cards in a row that a reader failed at

std::chrono::milliseconds until(base::Instant now, base::Instant due) {
  return std::chrono::ceil<std::chrono::milliseconds>(due - now);
}

const CardSlot* slot_named(const std::vector<CardSlot>& slots, const std::string& reader) {
  const auto found = std::ranges::find(slots, reader, &CardSlot::reader);
  return found == slots.end() ? nullptr : &*found;
}

// Pulled and put in again between two looks, or another one.
bool replaced(std::uint16_t then, std::uint16_t now) { return static_cast<std::uint16_t>(now - then) >= 2; }

}  // namespace

PcscStep PcscDialogue::next(base::Instant now, bool card_wanted) {
  if (!open_) {
    if (now < due_) return PcscRest{until(now, due_)};
    return PcscOpen{};
  }
  if (!card_ || card_->dealt || !card_wanted) return PcscWait{timing_.safety_net};
  if (!std::exchange(card_->laid, true)) report_(CardLaid{});
  if (must_be_lifted_) {
    reject(base::Failure::card_moved);
    return PcscWait{timing_.safety_net};
  }
  if (now < card_->due) return PcscWait{std::min(timing_.safety_net, until(now, card_->due))};
  return PcscRead{card_->reader};
}

void PcscDialogue::opened(std::optional<SmartCardError> error, base::Instant now) {
  if (error) return lose_service(*error, now);
  open_ = true;
  report_health(DeviceState::starting);
}

void PcscDialogue::wait_failed(SmartCardError error, base::Instant now) {
  if (error != SmartCardError::cancelled) lose_service(error, now);
}

void PcscDialogue::lose_service(SmartCardError error, base::Instant now) {
  lose_card();
  open_ = false;
  lost_at_ = now;
  ++failures_;
  if (failures_ >= kTriesUntilGivenUp) {
    if (!reported_ || !is_faulted(reported_->state))
      base::log::failure({base::Failure::card_service_missing, fmt::format("smart card service: {}", name_of(error))});
    failures_ = kTriesUntilGivenUp;  // one more failure and it is given up again
    report_health(faulted_by(base::Failure::card_service_missing), base::Failure::card_service_missing);
    due_ = now + timing_.breaker;
    return;
  }
  report_health(DeviceState::starting);
  due_ = failures_ == 1 && error == SmartCardError::rebuild_context ? now : now + timing_.reopen_pause * (1U << failures_);
}

void PcscDialogue::seen(const std::vector<CardSlot>& slots, base::Instant now) {
  if (now - lost_at_ >= timing_.breaker) failures_ = 0;  // a service that dies of every card is given up, too
  readers_.clear();
  for (const CardSlot& slot : slots) readers_ += (readers_.empty() ? "" : ", ") + slot.reader;
  follow_card(slots);
  slots_ = slots.size();
  forgive_when_empty(slots);
  report_readers();
}

void PcscDialogue::follow_card(const std::vector<CardSlot>& slots) {
  if (card_) {
    const CardSlot* slot = slot_named(slots, card_->reader);
    if (slot == nullptr)
      lose_card();
    else if (!slot->card_present || replaced(card_->events, slot->events))
      lift_card();
  }
  if (card_) return;
  const auto lying = std::ranges::find(slots, true, &CardSlot::card_present);
  if (lying == slots.end()) return;
  card_.emplace();
  card_->reader = lying->reader;
  card_->events = lying->events;
}

// An empty reader clears a card that had to be lifted; a reader that is missing proves nothing.
void PcscDialogue::forgive_when_empty(const std::vector<CardSlot>& slots) {
  const bool all_empty = std::ranges::none_of(slots, &CardSlot::card_present);
  if (!slots.empty() && all_empty && slots.size() >= slots_when_lost_) must_be_lifted_ = false;
}

void PcscDialogue::lose_card() {
  if (!card_) return;
  if (card_->read && !must_be_lifted_) {
    must_be_lifted_ = true;
    slots_when_lost_ = slots_;
  }
  const bool laid = card_->laid;
  card_.reset();
  if (laid) report_(CardLifted{});
}

void PcscDialogue::lift_card() {
  must_be_lifted_ = false;
  const bool laid = card_->laid;
  card_.reset();
  if (laid) report_(CardLifted{});
}

void PcscDialogue::read_ended(PcscReadOutcome outcome, base::Instant now) {
  if (!card_) return;
  if (const auto* error = std::get_if<SmartCardError>(&outcome)) return on_read_error(*error, now);
  unreadable_cards_ = 0;
  card_access_refused_ = false;
  report_readers();
  if (const auto* failure = std::get_if<base::Failure>(&outcome)) return reject(*failure);
  card_->dealt = card_->read = true;
  report_(CardRead{std::get<Person>(std::move(outcome))});
}

void PcscDialogue::on_read_error(SmartCardError error, base::Instant now) {
  switch (error) {
    case SmartCardError::cancelled:
      return;
    case SmartCardError::rebuild_context:
      return lose_service(error, now);
    case SmartCardError::refused:
      card_access_refused_ = true;
      report_readers();
      return reject(base::Failure::card_service_missing);
    case SmartCardError::retry_later:
      if (!card_->busy_until) card_->busy_until = now + timing_.busy_limit;
      if (now >= *card_->busy_until) return reject(base::Failure::card_no_answer);
      card_->due = now + timing_.retry;
      return;
    case SmartCardError::turn_card:
      return try_again(base::Failure::card_chip_silent, kSilentAttempts, now);
    case SmartCardError::rebuild_list:
    case SmartCardError::card_gone:
    case SmartCardError::card_reset:
      return try_again(base::Failure::card_moved, kReadAttempts, now);
    case SmartCardError::failed:
      return try_again(base::Failure::card_link_error, kFailedAttempts, now);
  }
}

void PcscDialogue::try_again(base::Failure failure, unsigned attempts, base::Instant now) {
  if (++card_->attempts < attempts) {
    card_->due = now + timing_.retry;
    return;
  }
  if (failure == base::Failure::card_link_error) ++unreadable_cards_;
  report_readers();
  reject(failure);
}

void PcscDialogue::reject(base::Failure failure) {
  card_->dealt = true;
  report_(CardRejected{failure});
}

void PcscDialogue::report_readers() {
  if (slots_ == 0) return report_health(DeviceState::no_device);
  if (card_access_refused_)
    return report_health(faulted_by(base::Failure::card_service_missing), base::Failure::card_service_missing);
  const bool doubted = unreadable_cards_ >= kCardsUntilReaderDoubted;
  report_health(DeviceState::online, doubted ? std::optional(base::Failure::card_link_error) : std::nullopt);
}

// A fault stays on the staff's page until the service works again: no flicker at every new attempt.
void PcscDialogue::report_health(DeviceState state, std::optional<base::Failure> failure) {
  const bool still_faulted = reported_ && is_faulted(reported_->state) && state == DeviceState::starting;
  DeviceHealth health;
  health.state = state;
  health.failure = failure;
  if (can_work(state) || is_faulted(state)) health.identity = slots_ > 0 ? readers_ : "";
  if (still_faulted || reported_ == health) return;
  reported_ = health;
  report_(std::move(health));
}

}  // namespace hal
