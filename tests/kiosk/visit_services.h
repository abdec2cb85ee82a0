// Two small services: one for people with a card, one for anybody.
#pragma once

#include <vector>

#include "kiosk/service_definition.h"

namespace visit_test {

// "allowance": address (confirm), payout (card, bank, family), account (4 digits, only for bank), phone (11 digits,
// optional), consent (yes_no). For people of 79 years and 11 months or more; maybe, when the card has expired.
// "repair": where (home, public), room (1 to 4 digits, only at home), urgent (yes; "no" stops).
const std::vector<kiosk::ServiceDefinition>& two_services();

// The first of them, and it takes the photo as well.
std::vector<kiosk::ServiceDefinition> a_service_with_photo();

kiosk::ServiceDefinition service_from(const char* json);

}  // namespace visit_test
