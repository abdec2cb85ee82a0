#include "kiosk/form.h"

#include <algorithm>

#include "kiosk/form_choices.h"
#include "kiosk/plain_json.h"

namespace kiosk {

using nlohmann::json;

std::vector<std::size_t> asked_questions(const ServiceDefinition& service, const Answers& answers) {
  std::vector<std::size_t> asked;
  PlainJson earlier(json::object());
  for (std::size_t i = 0; i < service.questions.size(); ++i) {
    const auto& question = service.questions[i];
    if (question.when && !question.when->accepts(earlier.value)) continue;
    asked.push_back(i);
    if (const auto* answer = answers.find(question.id)) earlier.value[question.id] = *answer;
  }
  return asked;
}

std::optional<std::size_t> first_open_question(const Session& session) {
  for (const auto i : asked_questions(*session.service, session.answers)) {
    const auto& question = session.service->questions[i];
    const auto* answer = session.answers.find(question.id);
    const bool skipped = question.optional && session.skipped.contains(question.id);
    if (answer == nullptr ? !skipped : !question.schema.accepts(*answer)) return i;
  }
  return std::nullopt;
}

std::optional<std::size_t> asked_after(const Session& session, std::size_t question) {
  const auto asked = asked_questions(*session.service, session.answers);
  const auto next = std::upper_bound(asked.begin(), asked.end(), question);
  return next == asked.end() ? std::nullopt : std::optional(*next);
}

std::optional<std::size_t> asked_before(const Session& session, std::size_t question) {
  const auto asked = asked_questions(*session.service, session.answers);
  const auto here = std::lower_bound(asked.begin(), asked.end(), question);
  return here == asked.begin() ? std::nullopt : std::optional(*std::prev(here));
}

void forget_unasked(Session& session) {
  const auto asked = asked_questions(*session.service, session.answers);
  for (std::size_t i = 0; i < session.service->questions.size(); ++i) {
    if (std::binary_search(asked.begin(), asked.end(), i)) continue;
    session.answers.erase(session.service->questions[i].id);
    session.skipped.erase(session.service->questions[i].id);
  }
}

int digits_missing(const Question& question, const Session& session) {
  if (question.kind != InputKind::digits) return 0;
  return std::max(0, question.digits.fewest - static_cast<int>(session.digits.size()));
}

json answer_given(const Question& question, const Session& session) {
  json answer;
  if (question.kind == InputKind::digits) {
    if (session.digits.empty() || digits_missing(question, session) > 0) return nullptr;
    answer = json_text(session.digits.reveal());
  } else if (session.chosen) {
    answer = choice_value(question, session, *session.chosen);
  }
  if (!answer.is_null() && !question.schema.accepts(answer)) wipe(answer);
  return answer;
}

Step step_at(const Session& session, std::size_t question) {
  const auto asked = asked_questions(*session.service, session.answers);
  const auto here = std::lower_bound(asked.begin(), asked.end(), question);
  return {static_cast<int>(here - asked.begin()) + 1, static_cast<int>(asked.size()) + 1};
}

Step last_step(const Session& session) {
  const int last = static_cast<int>(asked_questions(*session.service, session.answers).size()) + 1;
  return {last, last};
}

}  // namespace kiosk
