// Whether the details of one question fit its kind and its schema: every answer its page can give must be one the schema
// takes.
#pragma once

#include <set>

#include "kiosk/service_definition.h"
#include "kiosk/strict_json.h"

namespace kiosk {

void check_kind(const Question& question, const nlohmann::json::json_pointer& at, Complaint& complaint);

// No value is asked for twice: `from`, `same_as` and the purposes of all questions.
void check_purposes(const ServiceDefinition& service, Complaint& complaint);

// The photographs of all questions are no more than an application may have.
void check_photos(const ServiceDefinition& service, Complaint& complaint);

}  // namespace kiosk
