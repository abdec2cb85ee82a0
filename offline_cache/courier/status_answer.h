// What the platform's answer to a status query says.
#pragma once

#include <variant>
#include <vector>

#include "base/result.h"
#include "offline_cache/answer.h"
#include "offline_cache/status_query.h"

namespace offline_cache {

inline constexpr std::size_t kMostStatuses = 24;  // in one answer

// {"status_query":{"application":…,"id_number":…}}, each when there is one.
base::Secret status_question_json(const base::Secret& id_number, const std::optional<base::Uuid>& application);

// None: 404 with the platform's own problem document. Everything that is not exactly an answer of the contract is a failure
// of the network or of the other end, as for an application (answer.h).
base::Result<std::vector<ApplicationStatus>> read_status_answer(const RawAnswer& answer);

}  // namespace offline_cache
