// The rows of the page that reads everything back before it is submitted.
#pragma once

#include <string>
#include <vector>

#include "kiosk/translations.h"
#include "kiosk/visit_state.h"

namespace kiosk {

struct CheckRow {
  std::string label;
  base::Secret value;
  bool from_card = false;
  std::string question;  // for ChangeAnswer; empty on rows from the card
};

// First what the service takes from the card (the name in full, the number masked, birth with the age), then the asked
// questions. Empty without a service.
std::vector<CheckRow> check_rows(const VisitState& state, const Translations& translations, const Language& language);

}  // namespace kiosk
