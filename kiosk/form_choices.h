// What the resident may choose on a question page, and how answers read. ChooseOption::index counts these choices:
//   choice   the definition's options
//   yes_no   its two options when it names them, else yes, no
//   confirm  "yes, that is right" with the card's value (left out when the card has none), then the options
//   choices  the definition's options, then "none of these"
//   date     the open days, when they are listed (day_range.h)
//   slot     those that are still to come
#pragma once

#include <string_view>
#include <vector>

#include "kiosk/translations.h"
#include "kiosk/visit_state.h"

namespace kiosk {

struct ChoiceText {
  base::Secret label;
  base::Secret hint;  // may be empty
};

std::size_t choice_count(const Question& question, const Session& session);
// The answer that choice stands for; null when there is no such choice. The caller wipes it.
nlohmann::json choice_value(const Question& question, const Session& session, std::size_t index);
std::vector<ChoiceText> choice_texts(const Question& question, const Session& session, const Translations& translations,
                                     const Language& language);

// The card's value a question starts with; empty when it has none.
std::string_view prefilled(const Question& question, const Session& session);

// The position of "none of these" of a `choices` question.
std::size_t none_of_these(const Question& question);
// The slots one can still have: all, unless the day that was chosen is today.
std::vector<std::string> open_slots(const Question& question, const Session& session);

// An answer in words: the label of the choice, grouped digits, the confirmed value; numbers of identity masked.
base::Secret answer_text(const Question& question, const nlohmann::json& answer, const Session& session,
                         const Translations& translations, const Language& language);
// 13800138000 → 138 0013 8000; digits beyond the last group stay with it.
base::Secret grouped_digits(std::string_view digits, const DigitLayout& layout);
// Replaces {card.address} and the like; a field the card has not leaves nothing behind.
base::Secret fill_placeholders(std::string_view text, const Session& session, const Language& language);

}  // namespace kiosk
