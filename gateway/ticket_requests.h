#pragma once

#include <string_view>

#include "gateway/platform.h"
#include "gateway/problem.h"

namespace gateway {

// PUT /v1/halls/{hall}/tickets/{id}: issue a number, or report one that the terminal gave while it was cut off.
[[nodiscard]] Verdict<Response> put_ticket(Platform& platform, const Request& request, std::string_view hall,
                                           std::string_view id);
// POST /v1/halls/{hall}/ticket-leases: reserve numbers for a terminal and day.
[[nodiscard]] Verdict<Response> lease_numbers(Platform& platform, const Request& request, std::string_view hall);
// POST /v1/halls/{hall}/calls: a counter calls the next ticket.
[[nodiscard]] Verdict<Response> call_next(Platform& platform, const Request& request, std::string_view hall);

}  // namespace gateway
