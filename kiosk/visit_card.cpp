// The card on the plate: whose it is, and that it is gone.
#include <algorithm>

#include "kiosk/entry.h"
#include "kiosk/visit.h"

namespace kiosk {
namespace {

bool same_card(const hal::Person& a, const hal::Person& b) { return !a.id_number.empty() && a.id_number == b.id_number; }

}  // namespace

// Nobody's card is read in passing: only where a card begins something, and where the resident's own may come back.
bool Visit::wants_card() const {
  const bool staff_are_in = state_.overlay == Overlay::staff_pin || state_.overlay == Overlay::staff;
  if (state_.closed || staff_are_in) return false;
  switch (state_.stage) {
    case Stage::welcome:
    case Stage::identify:
    case Stage::services:
    case Stage::not_eligible:
    case Stage::windows:
    case Stage::status:
    case Stage::wiped:
      return true;
    case Stage::question:
      return state_.session->person.has_value() || current_question()->kind == InputKind::card;
    case Stage::check:
    case Stage::receipt:
      return state_.session->person.has_value();
    case Stage::saving:
    case Stage::ticket:
    case Stage::take_card:
      break;
  }
  return false;
}

// A photo is read when the service that was chosen takes it; before one is chosen, when any might.
bool Visit::wants_photo() const {
  const auto takes_photo = [](const ServiceDefinition& service) {
    return std::ranges::find(service.applicant, kPhotoField) != service.applicant.end();
  };
  if (state_.session && state_.session->service != nullptr) return takes_photo(*state_.session->service);
  return std::ranges::any_of(services(), takes_photo);
}

void Visit::want_card() {
  wanting_card_ = wants_card();
  wanting_photo_ = wanting_card_ && wants_photo();
  commands_.emplace_back(WantCard{wanting_card_, wanting_photo_});
}

void Visit::on(hal::CardReaderEvent event) {
  if (const auto* health = std::get_if<hal::DeviceHealth>(&event)) return reader_is(*health);
  std::visit(
      [this]<class E>(E&& happened) {
        if constexpr (!std::is_same_v<std::decay_t<E>, hal::DeviceHealth>) on(std::forward<E>(happened));
      },
      std::move(event));
}

// A reader that cannot see says nothing about the resident: the visit goes on, and nobody is asked to take a card
// that may not be there.
void Visit::reader_is(const hal::DeviceHealth& reader) {
  state_.reader = reader;
  if (reader.state == hal::DeviceState::online) return;
  state_.card_on_plate = false;
  own_card_on_plate_ = false;
  if (state_.stage == Stage::take_card) enter_wiped();
}

void Visit::on(hal::CardLaid) {
  state_.card_on_plate = true;
  last_sign_ = now_.instant;
}

void Visit::on(hal::CardRead read) {
  state_.card_on_plate = true;
  last_sign_ = now_.instant;
  if (!wants_card()) return;
  if (state_.session && state_.session->person && same_card(*state_.session->person, read.person)) {
    own_card_on_plate_ = true;
    if (state_.overlay == Overlay::still_there || state_.overlay == Overlay::card_away) answer_overlay();
    if (notice_is_about_card_) state_.notice.reset();
    const auto* asked = current_question();
    if (asked != nullptr && asked->kind == InputKind::card) state_.session->problem = EntryProblem::same_card;
    return;
  }
  const auto* question = current_question();
  if (question != nullptr && question->kind == InputKind::card) return take_second_card(std::move(read.person));
  if (is_second_card(read.person)) return;  // still lies there, or was laid again
  meet(std::move(read.person));
}

void Visit::take_second_card(hal::Person person) {
  auto& session = *state_.session;
  if (state_.overlay != Overlay::help) answer_overlay();
  state_.notice.reset();
  session.problem = EntryProblem::none;
  session.laid = std::move(person);
}

bool Visit::is_second_card(const hal::Person& person) const {
  if (!state_.session || state_.session->service == nullptr || person.id_number.empty()) return false;
  for (const auto& question : state_.session->service->questions) {
    const auto* answer = state_.session->answers.find(question.id);
    if (question.kind != InputKind::card || answer == nullptr || !answer->contains("id_number")) continue;
    if ((*answer)["id_number"].get_ref<const std::string&>() == person.id_number.reveal()) return true;
  }
  return false;
}

// A number whose check digit does not fit may be a worn card or a forged one: the resident is served, and told whom to ask.
void Visit::meet(hal::Person person) {
  const bool number_fits = person.checks.number_check_digit;
  begin_with(std::move(person));
  if (!number_fits) state_.notice = base::Failure::card_number_check;
}

void Visit::begin_with(hal::Person person) {
  state_.resting = false;
  const bool chosen_before = state_.stage == Stage::identify;
  const bool asked_before = state_.stage == Stage::status && !state_.session->person;
  if (state_.session && state_.session->person) end_session();  // somebody else's card
  if (!state_.session) {
    if (state_.stage != Stage::welcome) reset_settings();
    state_.session.emplace();
  }
  state_.session->person = std::move(person);
  own_card_on_plate_ = true;
  close_overlay();
  if (chosen_before) return begin_service();
  if (asked_before) return ask_status_by_card();
  enter(Stage::services);
}

void Visit::on(const hal::CardRejected& rejected) {
  state_.resting = false;
  state_.card_on_plate = true;
  last_sign_ = now_.instant;
  if (!wants_card()) return;
  if (!state_.session && state_.overlay == Overlay::still_there) answer_overlay();
  if (state_.stage == Stage::wiped) enter_welcome();
  state_.notice = rejected.failure;
  notice_is_about_card_ = true;
}

void Visit::on(hal::CardLifted) {
  state_.resting = false;
  state_.card_on_plate = false;
  last_sign_ = now_.instant;
  const bool own = std::exchange(own_card_on_plate_, false);
  if (std::exchange(notice_is_about_card_, false)) state_.notice.reset();
  switch (state_.stage) {
    case Stage::take_card:
      return enter_wiped();
    case Stage::question:
      if (current_question()->kind == InputKind::card) return;  // to make room for the other one
      [[fallthrough]];
    case Stage::services:
    case Stage::windows:
    case Stage::status:
    case Stage::not_eligible:
    case Stage::check:
      if (own) ask(Overlay::card_away);
      return;
    case Stage::welcome:
    case Stage::identify:
    case Stage::saving:
    case Stage::receipt:
    case Stage::ticket:
    case Stage::wiped:
      return;
  }
}

}  // namespace kiosk
