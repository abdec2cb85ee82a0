// From the JSON of one service to a ServiceDefinition: the names, types and limits of every field. Whether the parts fit each
// other is the matter of service_consistency.h.
#pragma once

#include "kiosk/service_definition.h"
#include "kiosk/strict_json.h"

namespace kiosk {

// Nothing when the complaint holds something.
std::optional<ServiceDefinition> read_service(const nlohmann::json& json, Complaint& complaint);

}  // namespace kiosk
