#pragma once

#include "gateway/platform.h"
#include "gateway/problem.h"

namespace gateway {

// POST /v1/sync: a terminal's heartbeat, answered with what it should know: the time, the catalogue's version, when to come
// again.
[[nodiscard]] Verdict<Response> sync(Platform& platform, const Request& request);

}  // namespace gateway
