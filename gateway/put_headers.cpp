#include "gateway/put_headers.h"

#include <algorithm>

#include "base/hex.h"
#include "gateway/digest.h"
#include "gateway/envelope.h"
#include "gateway/json_members.h"

namespace gateway {
namespace {

using enum ProblemCode;

std::string in_lower_case(std::string_view text) {
  std::string result;
  for (const char c : text)
    if (c != ' ' && c != '\t') result.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  return result;
}

std::optional<Problem> check_length(const Request& request, std::size_t most, std::string_view too_long) {
  const auto length = request.header("content-length");
  const auto coding = request.header("transfer-encoding");
  // Both, or two lengths: intermediaries and we could disagree about where the body ends.
  if (length && (coding || !consists_of(*length, "0123456789")))
    return Problem{malformed, "The length of the body is ambiguous."};
  if (!length) return Problem{length_required, "Send Content-Length, not a transfer coding."};
  if (request.body_too_large || request.body.size() > most) return Problem{too_large, too_long};
  return std::nullopt;
}

std::optional<Problem> check_coding(const Request& request) {
  if (in_lower_case(request.header("content-encoding").value_or("identity")) != "identity")
    return Problem{media_type, "Send the body without a content coding."};
  return std::nullopt;
}

std::optional<Problem> check_media_type(const Request& request) {
  const std::string type = in_lower_case(request.header("content-type").value_or(""));
  if (type != "application/json" && type != "application/json;charset=utf-8")
    return Problem{media_type, "Send Content-Type: application/json."};
  return check_coding(request);
}

std::optional<Problem> check_digest(const Request& request) {
  const auto field = request.header("content-digest");
  if (!field) return Problem{malformed, "Content-Digest is missing."};
  const auto digest = digest_from_field(*field);
  if (!digest) return Problem{malformed, "Content-Digest is not one SHA-256 digest of the form sha-256=:...:."};
  if (*digest != sha256(request.body)) return Problem{digest_mismatch, "The body was changed or cut on the way."};
  return std::nullopt;
}

std::optional<Problem> check_idempotency_key(const Request& request, std::string_view id) {
  const auto key = request.header("idempotency-key");
  if (key && *key != '"' + std::string(id) + '"') return Problem{malformed, "Idempotency-Key is not the quoted id of the path."};
  return std::nullopt;
}

}  // namespace

std::optional<Problem> check_put_headers(const Request& request, std::string_view id) {
  if (!is_application_id(id)) return Problem{malformed, "The id in the path is not a UUIDv7 in lower case."};
  if (auto problem = check_length(request, kLargestEnvelope, "An envelope has at most 262144 bytes.")) return problem;
  if (auto problem = check_media_type(request)) return problem;
  if (auto problem = check_digest(request)) return problem;
  return check_idempotency_key(request, id);
}

std::optional<Problem> check_part_headers(const Request& request, std::string_view id, std::string_view sha256) {
  if (!is_application_id(id)) return Problem{malformed, "The id in the path is not a UUIDv7 in lower case."};
  if (sha256.size() != 64 || !consists_of(sha256, "0123456789abcdef"))
    return Problem{malformed, "The hash in the path is not a SHA-256 in lower-case hex."};
  if (auto problem = check_length(request, kLargestPart, "A part has at most 528384 bytes.")) return problem;
  if (in_lower_case(request.header("content-type").value_or("")) != "application/octet-stream")
    return Problem{media_type, "Send Content-Type: application/octet-stream."};
  if (auto problem = check_coding(request)) return problem;
  if (auto problem = check_digest(request)) return problem;
  if (base::to_hex(gateway::sha256(request.body)) != sha256)
    return Problem{digest_mismatch, "The body is not the one of the path."};
  return std::nullopt;
}

std::optional<Problem> check_message_headers(const Request& request) {
  if (auto problem = check_length(request, kLargestMessage, "A message has at most 16384 bytes.")) return problem;
  return check_media_type(request);
}

}  // namespace gateway
