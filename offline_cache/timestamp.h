// Points in time as the platform's contract writes them: RFC 3339, UTC, whole seconds, "2026-11-23T01:41:02Z".
#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"

namespace offline_cache {

// Nothing for any other form, and for years before 2000 or after 2200.
std::optional<base::WallTime> parse_timestamp(std::string_view text);

}  // namespace offline_cache
