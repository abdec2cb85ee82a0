// Citizen identity numbers (GB 11643) and the rules that tie a card's fields together. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "hal/person.h"

namespace hal {

// The 18th character for the first 17 digits (ISO 7064 MOD 11-2): '0'…'9' or 'X'. Nothing unless given 17 digits.
std::optional<char> citizen_check_digit(std::string_view first_seventeen);
// 18 characters whose last one fits; a typed lower-case x counts.
bool citizen_number_is_right(std::string_view number);

// From a card's two days, YYYYMMDD, of which the last may be 长期.
Validity validity_on(std::chrono::year_month_day today, std::string_view from, std::string_view until);

// `person.valid_from` and `valid_until` are still as on the card here: 长期 spelled out, blank when blank.
PersonChecks check_person(const Person& person, std::chrono::year_month_day today);

// "长期": a validity period without end.
inline constexpr std::string_view kWithoutEnd = "\u957F\u671F";

}  // namespace hal
