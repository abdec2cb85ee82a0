// What is wrong with a request, and the RFC 9457 document that says so. The codes are part of the published
// contract (docs/api/openapi.yaml): they never change their meaning.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/http_message.h"

namespace gateway {

enum class ProblemCode : std::uint8_t {
  malformed,
  digest_mismatch,
  unknown_service,
  not_found,
  method_not_allowed,
  different_body,
  label_taken,
  wrong_day,
  numbers_used_up,
  audit_went_back,
  parts_missing,
  application_closed,
  length_required,
  too_large,
  media_type,
  unknown_device,
  signature_broken,
  unknown_key,
  seal_broken,
  header_mismatch,
  application_invalid,
  too_many_queries,
  busy,
};

struct Problem {
  ProblemCode code = ProblemCode::malformed;
  std::string_view detail;      // a constant: nothing the sender wrote is repeated, for it may be personal
  std::string_view field = {};  // JSON pointer into what was sent, also a constant; empty = none
};

// A value, or the reason why the sender cannot have it. Functions returning it are [[nodiscard]].
template <class T>
using Verdict = tl::expected<T, Problem>;

inline tl::unexpected<Problem> refuse(ProblemCode code, std::string_view detail, std::string_view field = {}) {
  return tl::make_unexpected(Problem{code, detail, field});
}

std::string_view code_name(ProblemCode code);
int status_of(ProblemCode code);

// `trace` names this one answer in the log.
Response to_response(const Problem& problem, const std::string& trace);

}  // namespace gateway
