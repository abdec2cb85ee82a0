#pragma once

#include "kiosk/service_definition.h"
#include "kiosk/strict_json.h"

namespace kiosk {

// Whether a digits question's layout says the same as its schema: both ends of the length are accepted, nothing beyond
// them is, and groups add up. A schema cannot be asked for an example, so samples are tried: every two leading digits,
// filled up with one digit.
void check_digits(const Question& question, const nlohmann::json::json_pointer& at, Complaint& complaint);

}  // namespace kiosk
