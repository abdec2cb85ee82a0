#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "gateway/catalogue.h"
#include "gateway/envelope.h"
#include "gateway/problem.h"

namespace gateway {

struct ServiceReference {
  std::string id;
  int version = 1;
};

// Whether an opened application has the members and types of the contract, and asks for a service of the
// catalogue. A version older than the catalogue's is accepted: it was offered when the resident applied.
// application-invalid or unknown-service.
[[nodiscard]] Verdict<ServiceReference> check_application(const nlohmann::json& application, const Catalogue& catalogue);

// Whether the answers say as much of attachments as there are: the answer to a question that has parts is their number.
// application-invalid.
[[nodiscard]] std::optional<Problem> check_part_names(const nlohmann::json& application, const std::vector<NamedPart>& parts);

}  // namespace gateway
