// Points in time as the contract writes them: RFC 3339, UTC, whole seconds, "2026-11-23T01:41:02Z".
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"

namespace gateway {

std::string to_timestamp(base::WallTime time);
// Exactly that form, and a time that exists; no leap second.
bool is_timestamp(std::string_view text);

}  // namespace gateway
