// Which questions of a service are asked under the answers so far, and what fits as an answer. Pure functions.
#pragma once

#include <optional>
#include <vector>

#include "kiosk/visit_state.h"

namespace kiosk {

// Indexes into service.questions, in order. A question's `when` sees the answers to the asked questions before it.
std::vector<std::size_t> asked_questions(const ServiceDefinition& service, const Answers& answers);
// The first asked question that has no fitting answer and was not skipped; nothing when the form is complete.
std::optional<std::size_t> first_open_question(const Session& session);
std::optional<std::size_t> asked_after(const Session& session, std::size_t question);
std::optional<std::size_t> asked_before(const Session& session, std::size_t question);
// Removes the answers to questions that are no longer asked.
void forget_unasked(Session& session);

// What Next would store: the selected choice or the typed digits. Null when nothing is selected, digits are missing or
// the value does not fit the question's schema. The caller wipes it.
nlohmann::json answer_given(const Question& question, const Session& session);
int digits_missing(const Question& question, const Session& session);

Step step_at(const Session& session, std::size_t question);
Step last_step(const Session& session);  // the check page

}  // namespace kiosk
