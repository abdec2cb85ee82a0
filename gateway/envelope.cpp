#include "gateway/envelope.h"

#include "base/secret.h"
#include "base/uuid.h"
#include "gateway/base64.h"
#include "gateway/envelope_header.h"
#include "gateway/json_members.h"
#include "gateway/opening.h"
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
  if (!has_exactly(*envelope, {"header", "sealed", "signature"}))
    return refuse(malformed, "The envelope is not an object of exactly header, sealed and signature.");
  if (auto problem = check_envelope_header((*envelope)["header"])) return tl::make_unexpected(*problem);
  return *std::move(envelope);
}

// The first thing asked: who is not known is told nothing about keys and seals.
std::optional<Problem> check_signature(const json& envelope, const DeviceList& devices) {
  const auto signature = from_base64(text_member(envelope, "signature"));
  if (!signature || signature->empty()) return Problem{malformed, "It is not base64 of the standard alphabet.", "/signature"};
  if (!devices.checks()) return std::nullopt;
  const json& header = envelope["header"];
  const int suite = header["suite"].get<int>();
  const auto key = devices.public_key(text_member(header, "terminal"), suite, text_member(header, "device"));
  if (!key) return Problem{unknown_device, "The office does not know this terminal by this key.", "/header/device"};
  const std::string message = "linli-envelope-v2\n" + header.dump() + "\n" + std::string(text_member(envelope, "sealed")) + "\n";
  if (!signature_holds(suite, message, *signature, *key))
    return Problem{signature_broken, "The envelope was not signed with this terminal's key, or was changed since.", "/signature"};
  return std::nullopt;
}

Verdict<std::string> break_seal(const json& envelope, const OfficeKeys& keys) {
  const auto sealed = from_base64(text_member(envelope, "sealed"));
  if (!sealed || sealed->empty()) return refuse(malformed, "It is not base64 of the standard alphabet with padding.", "/sealed");
  const json& header = envelope["header"];
  const OfficeKey* key = find_key(keys, header["suite"].get<int>(), text_member(header, "kid"));
  if (key == nullptr) return refuse(unknown_key, "It is sealed to a key this office does not have.", "/header/kid");
  auto plaintext = key->open(*sealed);
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

Verdict<OpenedEnvelope> open_envelope(std::string_view bytes, const OfficeKeys& keys, const DeviceList& devices) {
  const auto envelope = read_envelope(bytes);
  if (!envelope) return tl::make_unexpected(envelope.error());
  if (auto problem = check_signature(*envelope, devices)) return tl::make_unexpected(*problem);
  auto plaintext = break_seal(*envelope, keys);
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
