// One question at a time, and the page that reads everything back.
#include <algorithm>

#include "kiosk/form.h"
#include "kiosk/form_choices.h"
#include "kiosk/plain_json.h"
#include "kiosk/visit.h"

namespace kiosk {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The answer given earlier, or what the card offers, shown again.
void show_answer(Session& session, const Question& question) {
  session.chosen.reset();
  session.digits.wipe();
  session.answer_refused = false;
  const auto* answer = session.answers.find(question.id);
  if (question.kind == InputKind::digits) {
    const bool typed = answer != nullptr && answer->is_string();
    for (const char c : typed ? std::string_view(answer->get_ref<const std::string&>()) : prefilled(question, session))
      if (is_digit(c)) session.digits.append({&c, 1});
    return;
  }
  for (std::size_t i = 0; answer != nullptr && i < choice_count(question, session); ++i) {
    const PlainJson value(choice_value(question, session, i));
    if (value.value == *answer) session.chosen = i;
  }
}

}  // namespace

void Visit::enter_question(std::size_t index) {
  state_.session->question = index;
  show_answer(*state_.session, state_.session->service->questions[index]);
  enter(Stage::question);
}

void Visit::enter_check() {
  auto& session = *state_.session;
  session.changing = false;
  session.chosen.reset();
  session.digits.wipe();
  if (!session.application) session.application = ids_.next();
  enter(Stage::check);
}

void Visit::on(ChooseOption option) {
  const auto* question = current_question();
  if (question == nullptr || option.index >= choice_count(*question, *state_.session)) return;
  state_.session->chosen = option.index;
  state_.session->answer_refused = false;
}

void Visit::on(PressDigit press) {
  const auto* question = current_question();
  if (question == nullptr || question->kind != InputKind::digits || !is_digit(press.digit)) return;
  auto& session = *state_.session;
  session.answer_refused = false;
  if (static_cast<int>(session.digits.size()) < question->digits.most) session.digits.append({&press.digit, 1});
}

void Visit::on(EraseDigit) {
  if (current_question() == nullptr) return;
  state_.session->digits.pop_back();
  state_.session->answer_refused = false;
}

void Visit::on(ClearDigits) {
  if (current_question() == nullptr) return;
  state_.session->digits.wipe();
  state_.session->answer_refused = false;
}

void Visit::on(Next) {
  const auto* question = current_question();
  if (question == nullptr) return;
  auto& session = *state_.session;
  PlainJson answer(answer_given(*question, session));
  if (answer.value.is_null()) {
    session.answer_refused = session.chosen.has_value() || !session.digits.empty();
    return;
  }
  const auto* earlier = session.answers.find(question->id);
  const bool changed = earlier == nullptr || *earlier != answer.value;
  session.answers.set(question->id, std::exchange(answer.value, nullptr));
  session.skipped.erase(question->id);
  leave_question(changed);
}

void Visit::on(Skip) {
  const auto* question = current_question();
  if (question == nullptr || !question->optional) return;
  auto& session = *state_.session;
  const bool changed = session.answers.find(question->id) != nullptr;
  session.answers.erase(question->id);
  session.skipped.insert(question->id);
  leave_question(changed);
}

void Visit::leave_question(bool changed) {
  auto& session = *state_.session;
  if (changed && !session.submitted.empty()) {
    // The queue may hold the earlier answers under that id, and an id's bytes never change.
    session.application.reset();
    session.submitted.wipe();
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
    case Stage::not_eligible: return enter(Stage::services);
    case Stage::services: return leave_services();
    case Stage::question: return back_from_question();
    case Stage::check:
      if (const auto asked = asked_questions(*state_.session->service, state_.session->answers); !asked.empty())
        return enter_question(asked.back());
      return enter(Stage::services);
    case Stage::welcome:
    case Stage::saving:
    case Stage::receipt:
    case Stage::take_card:
    case Stage::wiped: return;
  }
}

void Visit::back_from_question() {
  auto& session = *state_.session;
  if (session.changing && !first_open_question(session)) return enter_check();
  if (const auto before = asked_before(session, session.question)) return enter_question(*before);
  session.changing = false;
  enter(Stage::services);
}

void Visit::on(const ChangeAnswer& change) {
  if (state_.stage != Stage::check) return;
  auto& session = *state_.session;
  for (const auto i : asked_questions(*session.service, session.answers)) {
    if (session.service->questions[i].id != change.question) continue;
    session.changing = true;
    return enter_question(i);
  }
}

bool Visit::can_go_on() const {
  const auto* question = current_question();
  if (question == nullptr) return false;
  const PlainJson answer(answer_given(*question, *state_.session));
  return !answer.value.is_null();
}

int Visit::digits_missing() const {
  const auto* question = current_question();
  return question == nullptr ? 0 : kiosk::digits_missing(*question, *state_.session);
}

}  // namespace kiosk
