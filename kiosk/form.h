// Which questions of a service are asked under the answers so far, and what fits as an answer. Pure functions.
#pragma once

#include <optional>
#include <vector>

#include "kiosk/visit_state.h"

namespace kiosk {

// Indexes into service.questions, in order. A question's `when` sees the answers to the asked questions before it; what the
// card (`from`) or an earlier answer (`same_as`) gave is not asked.
std::vector<std::size_t> asked_questions(const Session& session);
// The first asked question that has no fitting answer and was neither skipped nor left to the staff; nothing when the form is
// complete.
std::optional<std::size_t> first_open_question(const Session& session);
std::optional<std::size_t> asked_after(const Session& session, std::size_t question);
std::optional<std::size_t> asked_before(const Session& session, std::size_t question);
// Removes the answers to questions that are no longer asked.
void forget_unasked(Session& session);

// "Ask staff to fill this in": what somebody may be unable to spell, sign or lay down. Nobody is stuck on such a page.
bool staff_may_answer(const Question& question);

// What Next would store: the selected choice, what was typed, scanned, laid or signed. Null when there is nothing yet, something
// is missing or the value does not fit the question's schema. The caller wipes it.
nlohmann::json answer_given(const Question& question, const Session& session);

Step step_at(const Session& session, std::size_t question);
Step last_step(const Session& session);  // the check page

}  // namespace kiosk
