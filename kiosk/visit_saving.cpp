// From submit to the durable fact: the queue's answers, and for a moment the office's.
#include "kiosk/application.h"
#include "kiosk/form.h"
#include "kiosk/visit.h"

namespace kiosk {
namespace {

std::vector<offline_cache::Attachment> attachments_of(const Session& session) {
  std::vector<offline_cache::Attachment> attachments;
  for (const auto& question : session.service->questions)
    for (const auto& photograph : session.answers.photographs(question.id))
      attachments.push_back({question.id, "image/jpeg", photograph.jpeg.clone()});
  return attachments;
}

}  // namespace

void Visit::on(SubmitApplication) {
  if (state_.stage != Stage::check) return;  // a second press finds the stage changed
  auto& session = *state_.session;
  if (const auto open = first_open_question(session)) return enter_question(*open);
  if (session.submitted.empty()) {
    auto bytes = canonical_application(session, state_.language);
    if (!bytes) {
      state_.notice = bytes.error().failure;
      return;
    }
    session.submitted = *std::move(bytes);
  }
  commands_.emplace_back(
      SubmitToQueue{{*session.application, session.submitted.clone(), chain_of(session), attachments_of(session)}});
  waiting_since_ = now_.instant;
  enter(Stage::saving);
}

// Of the application that was submitted and is not yet known to be saved. An answer that comes after the patience ended
// finds the check page again, and is as true there.
bool Visit::awaits_queue(const base::Uuid& id) const {
  return (state_.stage == Stage::saving || state_.stage == Stage::check) && !state_.session->submitted.empty() &&
         !state_.session->saved && state_.session->application == id;
}

void Visit::on(const offline_cache::CourierEvent& event) {
  std::visit([this](const auto& happened) { on(happened); }, event);
}

void Visit::on(const offline_cache::Saved& saved) {
  if (!awaits_queue(saved.id)) return;
  auto& session = *state_.session;
  session.saved = saved;
  session.submitted.wipe();
  if (session.received_number || state_.link != offline_cache::Link::up) return enter_receipt();
  if (state_.stage == Stage::check) close_overlay();  // a late answer, while the visit asked whether somebody is there
  enter(Stage::saving);
  waiting_since_ = now_.instant;
}

void Visit::on(const offline_cache::SaveFailed& failed) {
  if (!awaits_queue(failed.id)) return;
  last_sign_ = now_.instant;
  enter_check();
  state_.notice = failed.failure;
}

void Visit::on(const offline_cache::Received& received) {
  if (!state_.session || state_.session->application != received.id) return;
  auto& session = *state_.session;
  if (!session.saved && !awaits_queue(received.id)) return;
  session.received_number = received.number;
  if (state_.stage == Stage::saving && session.saved) enter_receipt();
}

void Visit::on(const offline_cache::Refused& refused) {
  if (!state_.session || !state_.session->saved || state_.session->application != refused.id) return;
  if (state_.stage == Stage::saving) enter_receipt();
  state_.notice = refused.failure;
}

void Visit::on(const offline_cache::LinkChanged& changed) {
  state_.link = changed.link;
  const bool waits_for_office = state_.stage == Stage::saving && state_.session->saved;
  if (waits_for_office && changed.link != offline_cache::Link::up) enter_receipt();
}

void Visit::give_up_waiting() {
  if (state_.session->saved) return enter_receipt();
  last_sign_ = now_.instant;
  enter_check();
  state_.notice = base::Failure::internal;
}

}  // namespace kiosk
