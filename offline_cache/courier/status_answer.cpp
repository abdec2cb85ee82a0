#include "offline_cache/courier/status_answer.h"

#include <array>
#include <nlohmann/json.hpp>

#include "offline_cache/strict_json.h"
#include "offline_cache/timestamp.h"

namespace offline_cache {
namespace {

using base::Failure;
using nlohmann::json;

constexpr std::size_t kLongestService = 64;  // bytes
constexpr std::array<std::string_view, 9> kStateNames{"received", "forwarded", "in_progress", "needs_action", "approved",
                                                      "refused",  "returned",  "withdrawn",   "closed"};

std::string text_of(const json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() || !found->is_string() ? std::string() : found->get<std::string>();
}

std::optional<OfficeState> state_named(std::string_view name) {
  for (std::size_t i = 0; i < kStateNames.size(); ++i)
    if (kStateNames[i] == name) return static_cast<OfficeState>(i);
  return std::nullopt;
}

bool is_plain(std::string_view text, std::size_t longest) {
  return !text.empty() && text.size() <= longest &&
         text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./") == text.npos;
}

std::optional<ApplicationStatus> read_status(const json& object) {
  if (!object.is_object()) return std::nullopt;
  const auto id = base::Uuid::parse(text_of(object, "application"));
  const auto state = state_named(text_of(object, "state"));
  const auto since = parse_timestamp(text_of(object, "since"));
  ApplicationStatus status;
  status.service = text_of(object, "service");
  status.number = text_of(object, "number");
  if (!id || !state || !since || !is_plain(status.service, kLongestService) || !is_plain(status.number, kLongestNumber))
    return std::nullopt;
  status.id = *id;
  status.where = ApplicationStatus::Where::at_office;
  status.state = *state;
  status.since = *since;
  return status;
}

std::optional<std::vector<ApplicationStatus>> read_statuses(const RawAnswer& answer) {
  if (answer.too_long || !answer.content_type.starts_with("application/json")) return std::nullopt;
  if (!read_strict_json(answer.body, kLongestAnswer)) return std::nullopt;
  const json document = json::parse(answer.body, nullptr, false);
  const auto list = document.find("applications");
  if (list == document.end() || !list->is_array() || list->size() > kMostStatuses) return std::nullopt;
  std::vector<ApplicationStatus> all;
  for (const json& each : *list) {
    auto status = read_status(each);
    if (!status) return std::nullopt;
    all.push_back(*std::move(status));
  }
  return all;
}

bool says_not_found(const RawAnswer& answer) {
  if (answer.http != 404 || answer.too_long || !answer.content_type.starts_with("application/problem+json")) return false;
  const auto problem = read_strict_json(answer.body, kLongestAnswer);
  return problem && problem->string("code") == "not-found" && problem->string("type") == "urn:linli:problem:not-found";
}

}  // namespace

base::Secret status_question_json(const base::Secret& id_number, const std::optional<base::Uuid>& application) {
  base::Secret text("{\"status_query\":{");
  if (application) text.append("\"application\":\"" + application->text() + "\"");
  if (application && !id_number.empty()) text.append(",");
  if (!id_number.empty()) {
    text.append("\"id_number\":\"");
    text.append(id_number.reveal());  // letters and digits: a card's number was checked when it was read
    text.append("\"");
  }
  text.append("}}");
  return text;
}

base::Result<std::vector<ApplicationStatus>> read_status_answer(const RawAnswer& answer) {
  if (answer.curl == 0 && says_not_found(answer)) return std::vector<ApplicationStatus>();
  if (answer.curl == 0 && answer.http == 200) {
    auto statuses = read_statuses(answer);
    if (statuses) return *std::move(statuses);
    return base::Error{Failure::net_not_the_platform, "not an answer to a status query"};
  }
  const auto judged = classify_health(answer);
  if (const auto* none = std::get_if<NoAnswer>(&judged)) return base::Error{none->failure, {}};
  if (const auto* endpoint = std::get_if<EndpointFailed>(&judged)) return base::Error{endpoint->failure, {}};
  return base::Error{Failure::internal, {}};
}

}  // namespace offline_cache
