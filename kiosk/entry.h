// What is typed on keys: how long it is, how it is grouped, and what is wrong with it. Pure functions of the question and
// of what was typed so far (Session::digits).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kiosk/visit_state.h"

namespace kiosk {

// Whether the page has a digit pad now: digits, amount, phone, id_number, a date that is not listed, an address's number.
bool uses_keys(const Question& question, const Session& session);
DigitLayout key_layout(const Question& question, const Session& session);
DigitLayout phone_layout(std::string_view typed);  // a mobile number's, or a landline's
// Whether this key means something now: digits, and X as the last of an identity number.
bool takes_key(const Question& question, const Session& session, char key);

// What stands in the way of an entry that is long enough. Each has a sentence that names what to do (ui/screens).
enum class EntryProblem : std::uint8_t {
  none,
  phone_start,  // neither a mobile number nor an area code
  id_date,      // digits 7 to 14 are no date
  id_check,     // the last character does not fit the others
  amount_low,
  amount_high,
  no_such_day,
  day_too_early,
  day_too_late,
  day_closed,
  too_long,      // a text
  same_card,     // the applicant's own card, where another one is asked for
  not_accepted,  // by the question's schema
};
// none also while something is missing.
EntryProblem entry_problem(const Question& question, const Session& session);
// How many more keys until the entry can be taken; 0 when it has enough, or none are used.
int keys_missing(const Question& question, const Session& session);

// The typed digits as the answer's value; null while some are missing or something is wrong. The caller wipes it.
nlohmann::json typed_answer(const Question& question, const Session& session);
// The digits to show again for an earlier answer, or for what the card offers.
base::Secret digits_of(const Question& question, const nlohmann::json& answer);

// 一千二百, for an amount that is read back. 0 ≤ amount < 10⁸.
std::string chinese_number(int amount);

}  // namespace kiosk
