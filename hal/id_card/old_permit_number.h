// The 15-character number that the holder of a foreigner's permit of 2023 had on the card before. The rule is known from
// one vendor's document only and one other sample contradicts it: for showing, never for deciding.
#pragma once

#include <string_view>

#include "base/secret.h"

namespace hal {

// Country (3 letters) + two digits of the number's province + link[0..1] + YYMMDD + link[2] + check digit (weights 7 3 1).
// Empty when the link is blank (there was no earlier card) or something does not have its form.
base::Secret old_permit_number(std::string_view country, std::string_view number, std::string_view link);

// The link inside such a number; empty when it is none.
std::string_view first_of_link(std::string_view old_number);
std::string_view last_of_link(std::string_view old_number);

}  // namespace hal
