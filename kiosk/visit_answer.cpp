// Answering the question on the page: what is selected or typed, before Next.
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
