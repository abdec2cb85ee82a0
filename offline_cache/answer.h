// What an answer of the platform means. One pure function, because everything about delivery hangs on it: status alone is
// never believed (a captive portal says 200, and libcurl calls a truncated close-delimited body a success); only an echo
// of id and plaintext digest is an acknowledgement, and only the platform's own problem document condemns a record.
//
//   nothing usable came (refused, silent, reset, truncated)            → no answer: the same bytes again, later
//   2xx, or 409 `duplicate`, with our id, our digest and a number     → acknowledged
//   any other 2xx, 3xx, 511, somebody else's page                     → endpoint: not the platform
//   certificate, pin or handshake refused, by either side             → endpoint: certificate; look at the clock first
//   2xx with another id or digest                                     → endpoint: wrong echo, a security alarm
//   2xx that the platform did not sign, when its keys are known       → endpoint: wrong signature, a security alarm
//   408 425 429 5xx                                                   → endpoint: busy (Retry-After honoured)
//   401 403 / 404 405 410                                             → endpoint: not authorised / service retired
//   409 `parts-missing`: it lost attachments it had acknowledged     → endpoint: busy, and all parts again
//   400 409 413 415 422 with a urn:linli:problem document             → record: a human has to look (HELD)
//   out of memory, own callback failed                                → local
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/failure.h"
#include "base/uuid.h"
#include "offline_cache/digest.h"

namespace offline_cache {

inline constexpr std::size_t kLongestAnswer = 64U * 1024U;  // bytes of body
inline constexpr std::size_t kLongestNumber = 64;           // bytes of the platform's number

// One exchange as the HTTP client saw it.
struct RawAnswer {
  int curl = 0;  // CURLcode; 0 is CURLE_OK
  int http = 0;  // status; 0 when none came
  std::string content_type{};
  std::string body{};
  bool too_long = false;   // stopped at kLongestAnswer
  bool tls_alert = false;  // the other side broke the TLS connection off with an alert, which TLS 1.3 does late
  std::optional<std::chrono::seconds> retry_after{};
};

// The platform's Ed25519 key that receipts are signed with (docs/api/openapi.yaml).
using AnswerKey = std::array<std::uint8_t, 32>;
// 64 hex digits; nothing when it is no key.
std::optional<AnswerKey> parse_answer_key(std::string_view hex);

struct Expected {
  base::Uuid id;
  Digest plaintext_digest{};
  std::span<const AnswerKey> answer_keys{};  // one of these has signed; empty: signatures are not asked for
  bool part = false;                         // the digest is a part's, and its receipt has no number and the state "part"
};

struct Acknowledged {
  std::string number;  // printable ASCII; empty for a part, and only there
};
struct NoAnswer {  // NET
  base::Failure failure = base::Failure::net_unreachable;
  std::optional<std::chrono::seconds> retry_after;
};
struct EndpointFailed {  // ENDPOINT: concerns every record
  base::Failure failure = base::Failure::net_platform_busy;
  std::optional<std::chrono::seconds> retry_after;
  bool parts_missing = false;  // of this record: they have to be sent again
};
struct RecordRefused {  // RECORD: this one only
  base::Failure failure = base::Failure::save_record_held;
  std::string code;  // the problem's code, [a-z-]; for the log
};
struct LocalFault {  // our own fault; nothing is known about the platform
  base::Failure failure = base::Failure::internal;
};
using Verdict = std::variant<Acknowledged, NoAnswer, EndpointFailed, RecordRefused, LocalFault>;

Verdict classify(const RawAnswer& answer, const Expected& expected);

struct Healthy {};
// GET /healthz: only 200 with {"status":"ok"} is healthy; everything else is judged as above.
std::variant<Healthy, NoAnswer, EndpointFailed, LocalFault> classify_health(const RawAnswer& answer);

}  // namespace offline_cache
