// Choosing a service, and whether it is for this person.
#include <algorithm>

#include "kiosk/form.h"
#include "kiosk/visit.h"

namespace kiosk {

void Visit::on(BrowseServices) {
  if (state_.stage != Stage::welcome || state_.closed) return;
  state_.session.emplace();
  enter(Stage::services);
}

void Visit::on(const ChooseService& chosen) {
  if (state_.closed) return;
  if (state_.stage != Stage::welcome && state_.stage != Stage::services && state_.stage != Stage::windows) return;
  const auto& offered = services();
  const auto service = std::find_if(offered.begin(), offered.end(), [&](const auto& s) { return s.id == chosen.id; });
  if (service == offered.end()) return;
  if (!state_.session) state_.session.emplace();
  auto& session = *state_.session;
  if (service->ticket) return take_ticket(*service);
  if (session.service != &*service) forget_application();
  session.service = &*service;
  if (!state_.intake.open || state_.audit)
    refuse_intake();
  else if (service->needs_card && !session.person)
    enter(Stage::identify);
  else
    begin_service();
}

void Visit::on(ChooseCategory chosen) {
  if (state_.stage == Stage::services) state_.session->category = chosen.category;
}

// Asked before the form starts: nobody fills in what cannot be taken.
void Visit::refuse_intake() {
  enter(Stage::services);
  state_.notice = state_.audit ? *state_.audit : state_.intake.failure.value_or(base::Failure::save_store_unopenable);
}

void Visit::begin_service() {
  if (!state_.intake.open || state_.audit) return refuse_intake();
  auto& session = *state_.session;
  const auto* person = session.person ? &*session.person : nullptr;
  session.eligibility = assess(*session.service, eligibility_facts(person, now_.date));
  const auto outcome = session.eligibility.outcome;
  if (outcome == Eligibility::not_yet || outcome == Eligibility::no) return enter(Stage::not_eligible);
  const auto asked = asked_questions(session);
  if (asked.empty()) return enter_check();
  enter_question(asked.front());
}

void Visit::on(AnotherService) {
  if (!on_paper() || awaits_number()) return;
  forget_application();
  state_.session->category.reset();
  enter(Stage::services);
}

void Visit::forget_application() {
  auto person = std::move(state_.session->person);
  const auto category = state_.session->category;
  wipe(*state_.session);
  state_.session->person = std::move(person);
  state_.session->category = category;
}

}  // namespace kiosk
