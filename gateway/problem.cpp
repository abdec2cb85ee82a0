#include "gateway/problem.h"

#include <array>
#include <nlohmann/json.hpp>

namespace gateway {
namespace {

using enum ProblemCode;

constexpr std::string_view kRetryAfterSeconds = "30";

struct Kind {
  ProblemCode code;
  int status;
  bool retryable;  // the same bytes may succeed later
  std::string_view name;
  std::string_view title;
};

constexpr std::array kKinds{
    Kind{malformed, 400, false, "malformed", "The request is not well formed."},
    Kind{digest_mismatch, 400, true, "digest-mismatch", "The body does not fit its digest."},
    Kind{unknown_service, 404, false, "unknown-service", "The service is not offered here."},
    Kind{not_found, 404, false, "not-found", "There is nothing here."},
    Kind{method_not_allowed, 405, false, "method-not-allowed", "This path does not take this method."},
    Kind{different_body, 409, false, "different-body", "Other bytes were received under this id."},
    Kind{label_taken, 409, false, "label-taken", "Another ticket has this label on that day."},
    Kind{wrong_day, 409, false, "wrong-day", "It is not that day anywhere."},
    Kind{numbers_used_up, 409, false, "numbers-used-up", "No numbers are left to lease on that day."},
    Kind{audit_went_back, 409, false, "audit-went-back", "The audit log is not the one that was reported before."},
    Kind{parts_missing, 409, true, "parts-missing", "Attachments of the application are not here."},
    Kind{application_closed, 409, false, "application-closed", "The application was received without this attachment."},
    Kind{length_required, 411, false, "length-required", "The length of the body is missing."},
    Kind{too_large, 413, false, "too-large", "The body is too large."},
    Kind{media_type, 415, false, "media-type", "The body has another media type."},
    Kind{unknown_device, 403, false, "unknown-device", "The office does not know this terminal."},
    Kind{signature_broken, 422, false, "signature-broken", "The signature does not hold."},
    Kind{unknown_key, 422, false, "unknown-key", "The office has no such key."},
    Kind{seal_broken, 422, false, "seal-broken", "The seal cannot be opened."},
    Kind{header_mismatch, 422, false, "header-mismatch", "The header was changed after sealing."},
    Kind{application_invalid, 422, false, "application-invalid", "The application is not acceptable."},
    Kind{too_many_queries, 429, true, "too-many-queries", "Too many questions."},
    Kind{busy, 503, true, "busy", "The platform cannot store now."},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kKinds.size(); ++i)
    if (static_cast<std::size_t>(kKinds[i].code) != i) return false;
  return kKinds.size() == static_cast<std::size_t>(busy) + 1;
}
static_assert(in_order(), "the table follows the enumeration");

const Kind& kind(ProblemCode code) { return kKinds.at(static_cast<std::size_t>(code)); }

}  // namespace

std::string_view code_name(ProblemCode code) { return kind(code).name; }

int status_of(ProblemCode code) { return kind(code).status; }

Response to_response(const Problem& problem, const std::string& trace) {
  const Kind& known = kind(problem.code);
  nlohmann::json document{{"type", "urn:linli:problem:" + std::string(known.name)},
                          {"title", known.title},
                          {"status", known.status},
                          {"code", known.name},
                          {"detail", problem.detail},
                          {"retryable", known.retryable},
                          {"trace", trace}};
  if (!problem.field.empty()) document["field"] = problem.field;
  Response response{known.status, {{"Content-Type", "application/problem+json"}, {"Cache-Control", "no-store"}}, document.dump()};
  if (problem.code == busy || problem.code == too_many_queries) response.headers.emplace_back("Retry-After", kRetryAfterSeconds);
  return response;
}

}  // namespace gateway
