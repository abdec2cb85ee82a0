#include "kiosk/form.h"

#include <algorithm>

#include "kiosk/card_fields.h"
#include "kiosk/entry.h"
#include "kiosk/form_choices.h"
#include "kiosk/plain_json.h"

namespace kiosk {
namespace {

using nlohmann::json;

// Said already: by the card, or as the answer to an earlier question.
bool is_known(const Question& question, const Session& session, const json& earlier) {
  if (!question.same_as.empty() && earlier.contains(question.same_as)) return true;
  return !question.from.empty() && session.person && !card_field(*session.person, card_reference(question.from)).empty();
}

json marked_values(const Question& question, const Session& session) {
  auto values = json::array();
  for (const auto index : session.marked)
    if (index < question.options.size()) values.push_back(question.options[index].value);
  return values;
}

json typed_text(const Session& session) { return session.typed.empty() ? json() : json_text(session.typed.reveal()); }

json address_given(const Session& session) {
  if (session.part) return nullptr;
  if (!session.whole_address.empty()) return json_text(session.whole_address.reveal());
  if (session.address.part.front().empty()) return nullptr;
  return json_text(join_address(session.address).reveal());
}

json card_given(const Question& question, const Session& session) {
  if (!session.laid) return nullptr;
  auto fields = json::object();
  for (const auto& name : question.take)
    if (const auto value = card_field(*session.laid, name); !value.empty()) fields[name] = json_text(value);
  return fields;
}

// A picture that was taken and neither kept nor dropped is decided first.
json photos_given(const Session& session) {
  const auto& taken = session.photo.taken;
  return session.photo.step == PhotoStep::look || taken.empty() ? json() : json(static_cast<int>(taken.size()));
}

json several_given(const Question& question, const Session& session) {
  if (!session.marked.empty()) return marked_values(question, session);
  return session.chosen ? json::array() : json();
}

json value_given(const Question& question, const Session& session) {
  if (uses_keys(question, session)) return typed_answer(question, session);
  if (question.kind == InputKind::choices) return several_given(question, session);
  if (question.kind == InputKind::address) return address_given(session);
  if (question.kind == InputKind::card) return card_given(question, session);
  if (is_any_of(question.kind, InputKind::name, InputKind::text, InputKind::code, InputKind::signature))
    return typed_text(session);
  if (question.kind == InputKind::photo) return photos_given(session);
  return session.chosen ? choice_value(question, session, *session.chosen) : json();
}

}  // namespace

std::vector<std::size_t> asked_questions(const Session& session) {
  std::vector<std::size_t> asked;
  PlainJson earlier(json::object());
  for (std::size_t i = 0; i < session.service->questions.size(); ++i) {
    const auto& question = session.service->questions[i];
    if (question.when && !question.when->accepts(earlier.value)) continue;
    if (is_known(question, session, earlier.value)) continue;
    asked.push_back(i);
    if (const auto* answer = session.answers.find(question.id)) earlier.value[question.id] = *answer;
  }
  return asked;
}

std::optional<std::size_t> first_open_question(const Session& session) {
  for (const auto i : asked_questions(session)) {
    const auto& question = session.service->questions[i];
    const auto* answer = session.answers.find(question.id);
    const bool passed =
        (question.optional && session.skipped.contains(question.id)) || session.left_to_staff.contains(question.id);
    if (answer == nullptr ? !passed : !question.schema.accepts(*answer)) return i;
  }
  return std::nullopt;
}

std::optional<std::size_t> asked_after(const Session& session, std::size_t question) {
  const auto asked = asked_questions(session);
  const auto next = std::upper_bound(asked.begin(), asked.end(), question);
  return next == asked.end() ? std::nullopt : std::optional(*next);
}

std::optional<std::size_t> asked_before(const Session& session, std::size_t question) {
  const auto asked = asked_questions(session);
  const auto here = std::lower_bound(asked.begin(), asked.end(), question);
  return here == asked.begin() ? std::nullopt : std::optional(*std::prev(here));
}

void forget_unasked(Session& session) {
  const auto asked = asked_questions(session);
  for (std::size_t i = 0; i < session.service->questions.size(); ++i) {
    if (std::binary_search(asked.begin(), asked.end(), i)) continue;
    const auto& id = session.service->questions[i].id;
    session.answers.erase(id);
    session.skipped.erase(id);
    session.left_to_staff.erase(id);
  }
}

bool staff_may_answer(const Question& question) {
  return is_any_of(question.kind, InputKind::slot, InputKind::id_number, InputKind::name, InputKind::text, InputKind::address,
                   InputKind::code, InputKind::card, InputKind::signature, InputKind::photo);
}

json answer_given(const Question& question, const Session& session) {
  json answer = value_given(question, session);
  if (!answer.is_null() && !question.schema.accepts(answer)) wipe(answer);
  return answer;
}

Step step_at(const Session& session, std::size_t question) {
  const auto asked = asked_questions(session);
  const auto here = std::lower_bound(asked.begin(), asked.end(), question);
  return {static_cast<int>(here - asked.begin()) + 1, static_cast<int>(asked.size()) + 1};
}

Step last_step(const Session& session) {
  const int last = static_cast<int>(asked_questions(session).size()) + 1;
  return {last, last};
}

}  // namespace kiosk
