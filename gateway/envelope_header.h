#pragma once

#include <nlohmann/json.hpp>
#include <optional>

#include "gateway/problem.h"

namespace gateway {

// Every field of the clear header, one by one; the first that is wrong, with its pointer.
[[nodiscard]] std::optional<Problem> check_envelope_header(const nlohmann::json& header);
[[nodiscard]] std::optional<Problem> check_part_header(const nlohmann::json& header);

}  // namespace gateway
