#pragma once

#include "gateway/platform.h"
#include "gateway/problem.h"

namespace gateway {

// POST /v1/status-queries: what has become of applications. Who asks shows the card they were made with, or, of one that was
// made without a card, its paper. The question is sealed and signed as an application is. What is unknown and what is
// somebody else's get the same answer by the same statement.
[[nodiscard]] Verdict<Response> status_query(Platform& platform, const Request& request);

}  // namespace gateway
