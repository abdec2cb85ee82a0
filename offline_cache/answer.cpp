#include "offline_cache/answer.h"

#include <curl/curl.h>
#include <sodium.h>

#include <algorithm>

#include "base/hex.h"
#include "offline_cache/strict_json.h"

namespace offline_cache {
namespace {

using enum base::Failure;
// What is not about one record: the answer of an endpoint, or none.
using Elsewhere = std::variant<NoAnswer, EndpointFailed, LocalFault>;

bool has_media_type(const RawAnswer& answer, std::string_view wanted) {
  std::string_view type = answer.content_type;
  type = type.substr(0, type.find(';'));
  while (!type.empty() && type.back() == ' ') type.remove_suffix(1);
  return std::ranges::equal(type, wanted, [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
}

std::optional<FlatJson> json_of(const RawAnswer& answer, std::string_view media_type) {
  if (answer.too_long || !has_media_type(answer, media_type)) return std::nullopt;
  auto read = read_strict_json(answer.body, kLongestAnswer);
  if (!read) return std::nullopt;
  return *std::move(read);
}

Elsewhere transport_failure(const RawAnswer& answer) {
  switch (answer.curl) {
    case CURLE_OUT_OF_MEMORY:
    case CURLE_READ_ERROR:
    case CURLE_ABORTED_BY_CALLBACK:
    case CURLE_FAILED_INIT:
      return LocalFault{};
    case CURLE_WRITE_ERROR:
      if (answer.too_long) return EndpointFailed{net_not_the_platform, {}};
      return LocalFault{};
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
      if (answer.tls_alert) return EndpointFailed{net_certificate, {}};
      return NoAnswer{};
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_SHUTDOWN_FAILED:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_INVALIDCERTSTATUS:
      return EndpointFailed{net_certificate, {}};
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
      return EndpointFailed{net_not_the_platform, {}};
    default:
      return NoAnswer{};
  }
}

// Every status that says something about the platform as a whole.
Elsewhere endpoint_status(const RawAnswer& answer) {
  switch (answer.http) {
    case 401:
    case 403:
      return EndpointFailed{net_not_authorised, answer.retry_after};
    case 404:
    case 405:
    case 410:
      return EndpointFailed{net_service_retired, answer.retry_after};
    case 408:
    case 425:
    case 429:
      return EndpointFailed{net_platform_busy, answer.retry_after};
    case 511:
      return EndpointFailed{net_not_the_platform, answer.retry_after};
    default:
      break;
  }
  if (answer.http >= 500) return EndpointFailed{net_platform_busy, answer.retry_after};
  return EndpointFailed{net_not_the_platform, {}};
}

bool printable(std::string_view number) {
  return !number.empty() && number.size() <= kLongestNumber &&
         std::ranges::all_of(number, [](char c) { return c >= 0x20 && c < 0x7F; });
}

bool decode(std::string_view text, std::span<unsigned char> into) {
  std::size_t size = 0;
  return sodium_base642bin(into.data(), into.size(), text.data(), text.size(), nullptr, &size, nullptr,
                           sodium_base64_VARIANT_ORIGINAL) == 0 &&
         size == into.size();
}

bool signed_by_one_of(std::span<const AnswerKey> keys, const FlatJson& json) {
  std::array<unsigned char, crypto_sign_BYTES> signature{};
  if (!decode(json.string("signature"), signature)) return false;
  std::string text = "linli-receipt-v1\n";
  for (const auto* member : {"id", "digest", "number", "received", "state"}) text.append(json.string(member)).append("\n");
  return std::ranges::any_of(keys, [&](const AnswerKey& key) {
    return crypto_sign_verify_detached(signature.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                                       key.data()) == 0;
  });
}

Verdict echo(const FlatJson& json, const Expected& expected) {
  if (json.string("id") != expected.id.text() || json.string("digest") != wire_form(expected.plaintext_digest))
    return EndpointFailed{net_wrong_echo, {}};
  if (expected.part ? json.string("state") != "part" : !printable(json.string("number")))
    return EndpointFailed{net_not_the_platform, {}};
  if (!expected.answer_keys.empty() && !signed_by_one_of(expected.answer_keys, json))
    return EndpointFailed{net_wrong_signature, {}};
  return Acknowledged{std::string(expected.part ? std::string_view() : json.string("number"))};
}

// The code of a problem document of ours; a proxy's own "400 Bad Request" is none and must not condemn a record.
std::optional<std::string> problem_code(const FlatJson& json) {
  constexpr std::string_view prefix = "urn:linli:problem:";
  const std::string_view type = json.string("type");
  if (!type.starts_with(prefix)) return std::nullopt;
  const std::string_view code = type.substr(prefix.size());
  const bool plain = std::ranges::all_of(code, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
  if (code.empty() || code.size() > 40 || !plain) return std::nullopt;
  return std::string(code);
}

Verdict record_status(const RawAnswer& answer, const Expected& expected) {
  const auto problem = json_of(answer, "application/problem+json");
  const auto code = problem ? problem_code(*problem) : std::nullopt;
  if (!code) return EndpointFailed{net_not_the_platform, {}};
  if (answer.http == 409 && *code == "in-progress") return NoAnswer{net_platform_busy, answer.retry_after};
  if (answer.http == 409 && *code == "parts-missing") return EndpointFailed{net_platform_busy, answer.retry_after, true};
  if (answer.http == 409 && *code == "duplicate") return echo(*problem, expected);
  return RecordRefused{save_record_held, *code};
}

template <class To>
To widened(Elsewhere from) {
  return std::visit([](auto value) -> To { return value; }, from);
}

}  // namespace

std::optional<AnswerKey> parse_answer_key(std::string_view hex) {
  const auto bytes = base::from_hex(hex);
  AnswerKey key{};
  if (!bytes || bytes->size() != key.size()) return std::nullopt;
  std::ranges::copy(*bytes, key.begin());
  return key;
}

Verdict classify(const RawAnswer& answer, const Expected& expected) {
  if (answer.curl != CURLE_OK) return widened<Verdict>(transport_failure(answer));
  switch (answer.http) {
    case 400:
    case 409:
    case 413:
    case 415:
    case 422:
      return record_status(answer, expected);
    default:
      break;
  }
  if (answer.http < 200 || answer.http > 299) return widened<Verdict>(endpoint_status(answer));
  const auto json = json_of(answer, "application/json");
  return json ? echo(*json, expected) : EndpointFailed{net_not_the_platform, {}};
}

std::variant<Healthy, NoAnswer, EndpointFailed, LocalFault> classify_health(const RawAnswer& answer) {
  using Health = std::variant<Healthy, NoAnswer, EndpointFailed, LocalFault>;
  if (answer.curl != CURLE_OK) return widened<Health>(transport_failure(answer));
  if (answer.http != 200) return widened<Health>(endpoint_status(answer));
  const auto json = json_of(answer, "application/json");
  if (json && json->string("status") == "ok") return Healthy{};
  return EndpointFailed{net_not_the_platform, {}};
}

}  // namespace offline_cache
