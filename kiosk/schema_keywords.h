// The keywords a schema in a service definition may use, and the shape of their values. Checked by us because the
// library silently accepts what it does not know (prefixItems, dependentRequired): a rule that is not applied is worse
// than none.
#pragma once

#include <nlohmann/json.hpp>

#include "base/result.h"

namespace kiosk {

inline constexpr int kDeepestSchema = 16;

// service_broken with "/pointer: reason". Beyond the list of json_schema.h: $defs stand at the top, hold no $ref, and a
// $ref is "#/$defs/NAME" and stands alone (next to it the two dialects differ).
base::Status check_keywords(const nlohmann::json& schema);

}  // namespace kiosk
