// The card: found, selected, read, watched until it is lifted.
#include <utility>

#include "hal/id_card/person_record.h"
#include "hal/id_card/sdt_dialogue.h"

namespace hal {
namespace {

constexpr unsigned kMissesUntilLifted = 2;  // one may be an accident of the field
constexpr unsigned kReadAttempts = 5;       // of a card that lies there but moves

}  // namespace

// Looking for a card is not reading it: a card that has to be lifted first is watched also while none is wanted.
bool SdtDialogue::searching() const { return card_wanted_ || laid_ || must_be_lifted_; }

void SdtDialogue::on_idle(const SdtAnswer& answer, base::Instant now) {
  if (asked_ == SdtCommand::status) {
    faults_ = 0;
    due_ = now;
  } else if (answer.sw3 == kSdtCardFound) {
    on_found(now);
  } else {
    faults_ = 0;
    due_ = now + (++searches_in_vain_ > kSearchesUntilQuiet ? timing_.quiet_find_period : timing_.find_period);
    if (laid_ || must_be_lifted_) miss(now);
  }
}

void SdtDialogue::on_found(base::Instant now) {
  misses_ = searches_in_vain_ = 0;
  if (must_be_lifted_ && !laid_ && !card_wanted_) {
    due_ = now + timing_.presence_period;
    return;
  }
  const bool new_card = !std::exchange(laid_, true);
  if (new_card) {
    read_attempts_ = 0;
    report_(CardLaid{});
  }
  if (!must_be_lifted_) return enter(State::selecting, now);
  if (new_card) return reject(base::Failure::card_moved, true, now);
  watch_by_search_ = true;
  enter(State::rejected, now + timing_.presence_period);
}

void SdtDialogue::on_selected(const SdtAnswer& answer, base::Instant now) {
  if (answer.sw3 == kSdtOk) return enter(State::reading, now);
  refuse_or_look_again(answer, now);
}

void SdtDialogue::on_text(const SdtAnswer& answer, base::Instant now) {
  faults_ = 0;
  if (answer.sw3 != kSdtOk) return refuse_or_look_again(answer, now);
  auto person = person_in(answer);
  if (!person) return reject(person.error().failure, false, now);
  misses_ = 0;
  enter(State::present, now + timing_.presence_period);
  report_(CardRead{*std::move(person)});
}

void SdtDialogue::refuse_or_look_again(const SdtAnswer& answer, base::Instant now) {
  const SdtMeaning meaning = sdt_status(answer.sw3).meaning;
  if (meaning == SdtMeaning::card_refused) return reject(base::Failure::card_refused, true, now);
  if (meaning == SdtMeaning::card_data_bad) return reject(base::Failure::card_data_bad, true, now);
  if (meaning == SdtMeaning::card_type_unknown) return reject(base::Failure::card_type_unsupported, true, now);
  look_again(meaning, now);
}

base::Result<Person> SdtDialogue::person_in(const SdtAnswer& answer) const {
  const auto text = text_of_answer(SdtCommand::read_text, answer.data);
  if (!text) return text.error();
  auto person = decode_person(*text, today_());
  if (!person || !photo_wanted_) return person;
  for (const std::uint8_t byte : photo_of_answer(SdtCommand::read_text, answer.data)) {
    const char c = static_cast<char>(byte);
    person->photo.append({&c, 1});
  }
  return person;
}

void SdtDialogue::on_presence(const SdtAnswer& answer, base::Instant now) {
  faults_ = 0;
  due_ = now + timing_.presence_period;
  const bool there =
      asked_ == SdtCommand::find_card ? answer.sw3 == kSdtCardFound : answer.sw3 == kSdtOk || answer.sw3 == kSdtNoSuchItem;
  if (there)
    misses_ = 0;
  else
    miss(now);
}

void SdtDialogue::reject(base::Failure failure, bool watch_by_search, base::Instant now) {
  misses_ = 0;
  watch_by_search_ = watch_by_search;
  enter(State::rejected, now + timing_.presence_period);
  report_(CardRejected{failure});
}

void SdtDialogue::look_again(SdtMeaning meaning, base::Instant now) {
  const bool moved = meaning == SdtMeaning::moved || meaning == SdtMeaning::no_card;
  if (++read_attempts_ >= kReadAttempts)
    return reject(moved ? base::Failure::card_moved : base::Failure::card_data_bad, true, now);
  misses_ = 0;
  enter(State::idle, now + timing_.find_period);
}

void SdtDialogue::miss(base::Instant now) {
  if (++misses_ < kMissesUntilLifted) return;
  misses_ = 0;
  must_be_lifted_ = false;
  enter(State::idle, now);
  if (std::exchange(laid_, false)) report_(CardLifted{});
}

// The reader is gone or given up. Whoever waits for the card to be lifted must not wait for ever.
void SdtDialogue::lose_card() {
  must_be_lifted_ = must_be_lifted_ || state_ == State::present;
  misses_ = 0;
  if (std::exchange(laid_, false)) report_(CardLifted{});
}

}  // namespace hal
