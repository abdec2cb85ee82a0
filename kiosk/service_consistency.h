// Whether the parts of one service fit each other: what no single field can show.
#pragma once

#include "kiosk/service_definition.h"
#include "kiosk/strict_json.h"

namespace kiosk {

// `json` is what the service was read from; conditions are looked at there.
void check_consistency(const ServiceDefinition& service, const nlohmann::json& json, Complaint& complaint);

}  // namespace kiosk
