// Answering the question on the page: what is selected, typed or written, before Next.
#include "kiosk/entry.h"
#include "kiosk/form.h"
#include "kiosk/form_choices.h"
#include "kiosk/plain_json.h"
#include "kiosk/visit.h"
#include "kiosk/words_entry.h"

namespace kiosk {
namespace {

void show_choice(Session& session, const Question& question, const nlohmann::json& answer) {
  if (question.kind == InputKind::choices && answer.is_array()) {
    for (std::size_t i = 0; i < question.options.size(); ++i)
      for (const auto& value : answer)
        if (value == question.options[i].value) session.marked.insert(i);
    if (session.marked.empty()) session.chosen = none_of_these(question);
    return;
  }
  for (std::size_t i = 0; i < choice_count(question, session); ++i) {
    const PlainJson value(choice_value(question, session, i));
    if (value.value == answer) session.chosen = i;
  }
}

void show_address(Session& session, std::string_view address) {
  session.whole_address = base::Secret(address);
  session.address = split_address(address);
}

std::string_view text_of(const nlohmann::json* answer) {
  return answer != nullptr && answer->is_string() ? std::string_view(answer->get_ref<const std::string&>()) : std::string_view();
}

// The answer given earlier, or what the card offers, shown again.
void show_answer(Session& session, const Question& question) {
  clear_entry(session);
  const auto* answer = session.answers.find(question.id);
  if (question.kind == InputKind::address)
    return show_address(session, answer != nullptr ? text_of(answer) : prefilled(question, session));
  if (is_any_of(question.kind, InputKind::name, InputKind::text, InputKind::code, InputKind::signature)) {
    session.typed = base::Secret(text_of(answer));
    return;
  }
  if (question.kind == InputKind::photo) {
    for (const auto& each : session.answers.photographs(question.id)) session.photo.taken.push_back(each.clone());
    if (!session.photo.taken.empty()) session.photo.step = PhotoStep::kept;
    return;
  }
  if (uses_keys(question, session)) {
    if (answer != nullptr) session.digits = digits_of(question, *answer);
    return;
  }
  if (answer != nullptr) show_choice(session, question, *answer);
}

// Down to the beginning of the last character.
void erase_character(base::Secret& text) {
  const auto continues = [&text] { return (static_cast<unsigned char>(text.reveal().back()) & 0xC0U) == 0x80U; };
  while (!text.empty() && continues()) text.pop_back();
  text.pop_back();
}

}  // namespace

void Visit::enter_question(std::size_t index) {
  auto& session = *state_.session;
  session.question = index;
  session.today = now_.date;
  session.minute = now_.hour * 60 + now_.minute;
  show_answer(session, session.service->questions[index]);
  enter(Stage::question);
}

// Every press answers the last complaint.
const Question* Visit::question_to_answer() {
  const auto* question = current_question();
  if (question == nullptr) return nullptr;
  state_.session->answer_refused = false;
  state_.session->problem = EntryProblem::none;
  return question;
}

void Visit::on(ChooseOption option) {
  const auto* question = question_to_answer();
  if (question == nullptr || option.index >= choice_count(*question, *state_.session)) return;
  auto& session = *state_.session;
  if (question->kind != InputKind::choices) {
    session.chosen = option.index;
  } else if (option.index == none_of_these(*question)) {
    session.marked.clear();
    session.chosen = option.index;
  } else {
    session.chosen.reset();
    if (session.marked.erase(option.index) == 0) session.marked.insert(option.index);
  }
}

void Visit::on(PressDigit press) {
  if (type_receipt({&press.digit, 1})) return;
  const auto* question = question_to_answer();
  if (question == nullptr || !takes_key(*question, *state_.session, press.digit)) return;
  state_.session->digits.append({&press.digit, 1});
}

void Visit::on(EraseDigit) {
  if (types_receipt()) return state_.session->typed.pop_back();
  const auto* question = question_to_answer();
  if (question == nullptr) return;
  auto& session = *state_.session;
  if (uses_keys(*question, session))
    session.digits.pop_back();
  else if (takes_words(*question, session))
    erase_character(session.typed);
}

void Visit::on(ClearDigits) {
  const auto* question = question_to_answer();
  if (question == nullptr) return;
  state_.session->digits.wipe();
  state_.session->typed.wipe();
}

bool Visit::can_go_on() const {
  if (receipt_is_typed()) return true;
  const auto* question = current_question();
  if (question == nullptr) return false;
  if (state_.session->part) return part_is_right(*question, *state_.session);
  const PlainJson answer(answer_given(*question, *state_.session));
  return !answer.value.is_null();
}

int Visit::digits_missing() const {
  if (types_receipt()) return static_cast<int>(kReceiptSymbols - state_.session->typed.size());
  const auto* question = current_question();
  return question == nullptr ? 0 : keys_missing(*question, *state_.session);
}

}  // namespace kiosk
