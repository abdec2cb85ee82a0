// From question to question, and to the page that reads everything back.
#include <algorithm>

#include "kiosk/form.h"
#include "kiosk/plain_json.h"
#include "kiosk/visit.h"
#include "kiosk/words_entry.h"

namespace kiosk {
namespace {

bool photographs_changed(const Session& session, const std::string& question) {
  return !std::ranges::equal(session.photo.taken, session.answers.photographs(question), {}, &Photograph::number,
                             &Photograph::number);
}

}  // namespace

void Visit::enter_check() {
  auto& session = *state_.session;
  session.changing = false;
  clear_entry(session);
  if (!session.application) session.application = ids_.next();
  enter(Stage::check);
}

void Visit::on(Next) {
  if (receipt_is_typed()) {
    const auto code = state_.session->typed.clone();
    return ask_status_by_paper(code.reveal());
  }
  const auto* question = current_question();
  if (question == nullptr) return;
  auto& session = *state_.session;
  if (session.part) {
    if (part_is_right(*question, session)) keep_part();
    return;
  }
  PlainJson answer(answer_given(*question, session));
  if (answer.value.is_null()) {
    session.answer_refused = session.chosen.has_value() || !session.digits.empty() || !session.typed.empty();
    return;
  }
  const auto* earlier = session.answers.find(question->id);
  const bool changed = earlier == nullptr || *earlier != answer.value || photographs_changed(session, question->id);
  session.answers.set(question->id, std::exchange(answer.value, nullptr), std::exchange(session.photo.taken, {}));
  session.skipped.erase(question->id);
  session.left_to_staff.erase(question->id);
  leave_question(changed);
}

void Visit::on(Skip) {
  const auto* question = current_question();
  if (question == nullptr || !question->optional) return;
  auto& session = *state_.session;
  const bool changed = session.answers.find(question->id) != nullptr;
  session.answers.erase(question->id);
  session.skipped.insert(question->id);
  session.left_to_staff.erase(question->id);
  leave_question(changed);
}

void Visit::leave_question(bool changed) {
  auto& session = *state_.session;
  if (changed && !session.submitted.empty()) {
    // The queue may hold the earlier answers under that id, and an id's bytes never change.
    session.application.reset();
    session.submitted.wipe();
    session.received_number.reset();
  }
  forget_unasked(session);
  const auto next = session.changing ? std::nullopt : asked_after(session, session.question);
  const auto open = next ? next : first_open_question(session);
  if (open) return enter_question(*open);
  enter_check();
}

void Visit::on(Back) {
  switch (state_.stage) {
    case Stage::identify:
    case Stage::not_eligible:
    case Stage::windows:
      return enter(Stage::services);
    case Stage::status:
      return back_from_status();
    case Stage::services:
      return leave_services();
    case Stage::question:
      return back_from_question();
    case Stage::check:
      if (const auto asked = asked_questions(*state_.session); !asked.empty()) return enter_question(asked.back());
      return enter(Stage::services);
    case Stage::welcome:
    case Stage::saving:
    case Stage::receipt:
    case Stage::ticket:
    case Stage::take_card:
    case Stage::wiped:
      return;
  }
}

void Visit::back_from_question() {
  if (back_within_question()) return;
  auto& session = *state_.session;
  if (session.changing && !first_open_question(session)) return enter_check();
  if (const auto before = asked_before(session, session.question)) return enter_question(*before);
  session.changing = false;
  enter(Stage::services);
}

void Visit::on(const ChangeAnswer& change) {
  if (state_.stage != Stage::check) return;
  auto& session = *state_.session;
  for (const auto i : asked_questions(session)) {
    if (session.service->questions[i].id != change.question) continue;
    session.changing = true;
    return enter_question(i);
  }
}

}  // namespace kiosk
