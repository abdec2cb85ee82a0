// What an update agent asks of the running kiosk: is this release good, and is nobody in the middle of anything? Pure.
//
// A release is good when its queue was opened and found whole, it takes applications and writes its audit log, and either the
// platform has answered it over the connection that both sides prove themselves on (docs/decisions/transport.md) or all that has
// been so for kWellAlone without the platform. From facts: reliability §4.5.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "kiosk/visit_state.h"

namespace kiosk {

inline constexpr std::chrono::minutes kWellAlone{10};

// What is wrong with the queue, the intake or the audit log, in a plain sentence; empty: nothing. A full disk and a damaged queue
// that an earlier run has set aside are the machine's and not the release's.
std::string what_is_unsound(const VisitState& state);

// Why this release cannot be called good yet, in a plain sentence; empty: it is. `sound_since`: when what_is_unsound() came to
// say nothing; `reached`: the platform has answered in this run of the program.
std::string missing_to_be_good(const VisitState& state, std::optional<base::Instant> sound_since, bool reached,
                               base::Instant now);

// Why the machine must not be restarted now; empty: it may.
std::string what_is_under_way(const VisitState& state);

}  // namespace kiosk
