#include "gateway/envelope.h"

#include "base/secret.h"
#include "base/uuid.h"
#include "gateway/base64.h"
#include "gateway/envelope_header.h"
#include "gateway/json_members.h"
#include "gateway/strict_json.h"

namespace gateway {
namespace {

using nlohmann::json;
using enum ProblemCode;

constexpr std::size_t kSaltDigits = 32;
constexpr std::string_view kHexDigits = "0123456789abcdef";

Verdict<json> read_envelope(std::string_view bytes) {
  auto envelope = parse_strict_json(bytes);
  if (!envelope) return refuse(malformed, envelope.error());
  if (!has_exactly(*envelope, {"header", "sealed"}))
    return refuse(malformed, "The envelope is not an object of exactly header and sealed.");
  if (auto problem = check_envelope_header((*envelope)["header"])) return tl::make_unexpected(*problem);
  return *std::move(envelope);
}

Verdict<std::string> break_seal(const json& envelope, const OfficeKey& key) {
  const auto sealed = from_base64(text_member(envelope, "sealed"));
  if (!sealed || sealed->empty()) return refuse(malformed, "It is not base64 of the standard alphabet with padding.", "/sealed");
  if (text_member(envelope["header"], "kid") != key.id())
    return refuse(unknown_key, "It is sealed to a key this office does not have.", "/header/kid");
  auto plaintext = key.open(*sealed);
  if (!plaintext) return refuse(seal_broken, "The seal was made for another key, or was changed since.", "/sealed");
  return *std::move(plaintext);
}

bool is_salt(std::string_view text) { return text.size() == kSaltDigits && consists_of(text, kHexDigits); }

Verdict<json> read_content(std::string_view plaintext, const json& clear_header) {
  auto content = parse_strict_json(plaintext);
  if (!content) return refuse(application_invalid, content.error());
  if (!has_exactly(*content, {"application", "header", "salt"}))
    return refuse(application_invalid, "What is sealed is not an object of exactly application, header and salt.");
  // As text: nlohmann holds 1 and 1.0 for equal.
  if ((*content)["header"].dump() != clear_header.dump())
    return refuse(header_mismatch, "The header outside the seal is not the header inside.", "/header");
  if (!is_salt(text_member(*content, "salt"))) return refuse(application_invalid, "The salt is not 32 hex digits.", "/salt");
  return *std::move(content);
}

}  // namespace

bool is_application_id(std::string_view text) {
  const auto id = base::Uuid::parse(text);
  return id && id->is_v7() && id->text() == text;
}

Verdict<OpenedEnvelope> open_envelope(std::string_view bytes, const OfficeKey& key) {
  const auto envelope = read_envelope(bytes);
  if (!envelope) return tl::make_unexpected(envelope.error());
  auto plaintext = break_seal(*envelope, key);
  if (!plaintext) return tl::make_unexpected(plaintext.error());
  const Digest digest = sha256(*plaintext);
  const json& header = (*envelope)["header"];
  auto content = read_content(*plaintext, header);
  base::wipe(*plaintext);
  if (!content) return tl::make_unexpected(content.error());
  return OpenedEnvelope{std::string(text_member(header, "id")), std::string(text_member(header, "terminal")),
                        std::string(text_member(header, "created")), digest, std::move((*content)["application"])};
}

}  // namespace gateway
