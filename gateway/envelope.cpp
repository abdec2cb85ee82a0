#include "gateway/envelope.h"

#include <algorithm>

#include "base/hex.h"
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
std::optional<Problem> check_signature(const json& header, const std::string& message, std::string_view base64,
                                       const DeviceList& devices) {
  const auto signature = from_base64(base64);
  if (!signature || signature->empty()) return Problem{malformed, "It is not base64 of the standard alphabet.", "/signature"};
  if (!devices.checks()) return std::nullopt;
  const int suite = header["suite"].get<int>();
  const auto key = devices.public_key(text_member(header, "terminal"), suite, text_member(header, "device"));
  if (!key) return Problem{unknown_device, "The office does not know this terminal by this key.", "/header/device"};
  if (!signature_holds(suite, message, *signature, *key))
    return Problem{signature_broken, "It was not signed with this terminal's key, or was changed since.", "/signature"};
  return std::nullopt;
}

Verdict<std::string> break_seal(const json& header, std::string_view sealed, const OfficeKeys& keys) {
  const OfficeKey* key = find_key(keys, header["suite"].get<int>(), text_member(header, "kid"));
  if (key == nullptr) return refuse(unknown_key, "It is sealed to a key this office does not have.", "/header/kid");
  auto plaintext = key->open(sealed);
  if (!plaintext) return refuse(seal_broken, "The seal was made for another key, or was changed since.", "/sealed");
  return *std::move(plaintext);
}

bool is_salt(std::string_view text) { return text.size() == kSaltDigits && consists_of(text, kHexDigits); }

Verdict<json> read_content(std::string_view plaintext, const json& clear_header) {
  auto content = parse_strict_json(plaintext);
  if (!content) return refuse(application_invalid, content.error());
  if (!has_exactly(*content, {"application", "header", "salt"}) &&
      !has_exactly(*content, {"application", "header", "parts", "salt"}))
    return refuse(application_invalid, "What is sealed is not an object of exactly application, header, salt and perhaps parts.");
  // As text: nlohmann holds 1 and 1.0 for equal.
  if ((*content)["header"].dump() != clear_header.dump())
    return refuse(header_mismatch, "The header outside the seal is not the header inside.", "/header");
  if (!is_salt(text_member(*content, "salt"))) return refuse(application_invalid, "The salt is not 32 hex digits.", "/salt");
  return *std::move(content);
}

bool is_name(std::string_view text, std::size_t longest, std::string_view signs) {
  return !text.empty() && text.size() <= longest && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || signs.find(c) != std::string_view::npos;
  });
}
bool is_field(std::string_view text) { return is_name(text, 64, "_-"); }
bool is_media_type(std::string_view text) { return is_name(text, 32, "/.+-"); }

std::optional<NamedPart> read_named_part(const json& entry) {
  if (!has_exactly(entry, {"bytes", "field", "media_type", "sha256"}) || !entry["bytes"].is_number_unsigned())
    return std::nullopt;
  NamedPart part{std::string(text_member(entry, "field")), std::string(text_member(entry, "media_type")), {}, 0};
  const auto sha256 = base::from_hex(text_member(entry, "sha256"));
  const auto bytes = entry["bytes"].get<std::uint64_t>();
  if (!is_field(part.field) || !is_media_type(part.media_type) || bytes > kLargestPart || !sha256 ||
      sha256->size() != part.digest.size() || base::to_hex(*sha256) != text_member(entry, "sha256"))
    return std::nullopt;
  std::copy(sha256->begin(), sha256->end(), part.digest.begin());
  part.bytes = static_cast<std::int64_t>(bytes);
  return part;
}

Verdict<std::vector<NamedPart>> read_named_parts(const json& content) {
  std::vector<NamedPart> parts;
  if (!content.contains("parts")) return parts;
  const json& list = content["parts"];
  if (!list.is_array() || list.empty() || list.size() > kMostParts)
    return refuse(application_invalid, "The parts are not a list of 1 to 4.", "/parts");
  for (const json& entry : list) {
    auto part = read_named_part(entry);
    if (!part) return refuse(application_invalid, "A part is not an object of bytes, field, media_type and sha256.", "/parts");
    parts.push_back(*std::move(part));
  }
  return parts;
}

constexpr std::string_view kPartMark = "linli-part 1\n";

struct PartText {
  json header;
  std::string_view header_text, signature, sealed;
};

Verdict<PartText> read_part(std::string_view bytes) {
  if (!bytes.starts_with(kPartMark)) return refuse(malformed, "It does not begin as a part of version 1.");
  PartText part;
  bytes.remove_prefix(kPartMark.size());
  for (std::string_view* line : {&part.header_text, &part.signature}) {
    const auto end = bytes.find('\n');
    if (end == bytes.npos) return refuse(malformed, "It has no header and no signature.");
    *line = bytes.substr(0, end);
    bytes.remove_prefix(end + 1);
  }
  part.sealed = bytes;
  auto header = parse_strict_json(part.header_text);
  if (!header) return refuse(malformed, header.error());
  if (auto problem = check_part_header(*header)) return tl::make_unexpected(*problem);
  if (header->dump() != part.header_text) return refuse(malformed, "The header is not canonical JSON.", "/header");
  part.header = *std::move(header);
  return part;
}

// The plaintext of a part: a line of JSON, and the attachment behind it.
Verdict<OpenedPart> read_part_content(std::string_view plaintext, const json& clear_header) {
  const auto end = plaintext.find('\n');
  const auto content = parse_strict_json(plaintext.substr(0, end));
  if (end == plaintext.npos || !content || !has_exactly(*content, {"field", "header", "media_type"}))
    return refuse(application_invalid, "What is sealed is not an object of field, header and media_type, a line feed and bytes.");
  if ((*content)["header"].dump() != clear_header.dump())
    return refuse(header_mismatch, "The header outside the seal is not the header inside.", "/header");
  OpenedPart part{std::string(text_member(clear_header, "application")),
                  clear_header["part"].get<int>(),
                  {std::string(text_member(*content, "field")), std::string(text_member(*content, "media_type")), {}, 0},
                  std::string(plaintext.substr(end + 1))};
  if (!is_field(part.name.field) || !is_media_type(part.name.media_type) || part.attachment.empty())
    return refuse(application_invalid, "The field or the media type is none, or the attachment is empty.");
  return part;
}

}  // namespace

std::string_view extension_of(std::string_view media_type) {
  return media_type == "image/jpeg" ? "jpg" : media_type == "image/png" ? "png" : "bin";
}

bool is_application_id(std::string_view text) {
  const auto id = base::Uuid::parse(text);
  return id && id->is_v7() && id->text() == text;
}

Verdict<OpenedEnvelope> open_envelope(std::string_view bytes, const OfficeKeys& keys, const DeviceList& devices) {
  const auto envelope = read_envelope(bytes);
  if (!envelope) return tl::make_unexpected(envelope.error());
  const json& header = (*envelope)["header"];
  const auto sealed_text = text_member(*envelope, "sealed");
  const std::string message = "linli-envelope-v2\n" + header.dump() + "\n" + std::string(sealed_text) + "\n";
  if (auto problem = check_signature(header, message, text_member(*envelope, "signature"), devices))
    return tl::make_unexpected(*problem);
  const auto sealed = from_base64(sealed_text);
  if (!sealed || sealed->empty()) return refuse(malformed, "It is not base64 of the standard alphabet with padding.", "/sealed");
  auto plaintext = break_seal(header, *sealed, keys);
  if (!plaintext) return tl::make_unexpected(plaintext.error());
  const Digest digest = sha256(*plaintext);
  auto content = read_content(*plaintext, header);
  base::wipe(*plaintext);
  if (!content) return tl::make_unexpected(content.error());
  auto parts = read_named_parts(*content);
  if (!parts) return tl::make_unexpected(parts.error());
  return OpenedEnvelope{std::string(text_member(header, "id")),      std::string(text_member(header, "terminal")),
                        std::string(text_member(header, "created")), digest,
                        std::move((*content)["application"]),        *std::move(parts)};
}

Verdict<OpenedPart> open_part(std::string_view bytes, const OfficeKeys& keys, const DeviceList& devices) {
  const auto part = read_part(bytes);
  if (!part) return tl::make_unexpected(part.error());
  const std::string message =
      "linli-part-v1\n" + std::string(part->header_text) + "\n" + base::to_hex(sha256(part->sealed)) + "\n";
  if (auto problem = check_signature(part->header, message, part->signature, devices)) return tl::make_unexpected(*problem);
  auto plaintext = break_seal(part->header, part->sealed, keys);
  if (!plaintext) return tl::make_unexpected(plaintext.error());
  auto opened = read_part_content(*plaintext, part->header);
  base::wipe(*plaintext);
  if (!opened) return opened;
  opened->name.digest = sha256(bytes);
  opened->name.bytes = std::ssize(bytes);
  return opened;
}

}  // namespace gateway
