#include "offline_cache/sealing/envelope.h"

#include <fmt/chrono.h>
#include <nlohmann/json.hpp>

#include "base/hex.h"
#include "offline_cache/sealing/part.h"
#include "offline_cache/sealing/suite.h"
#include "offline_cache/strict_json.h"

namespace offline_cache {
namespace {

using base::Failure;

std::string utc(base::WallTime at) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(at)));
}

base::Result<std::string> header_json(const base::Uuid& id, const Origin& origin, const OfficeKey& key, const DeviceKey& device) {
  try {
    return nlohmann::json{{"clock", origin.clock_synchronised ? "synchronised" : "unverified"},
                          {"created", utc(origin.created)},
                          {"device", device.id()},
                          {"id", id.text()},
                          {"kid", key.id},
                          {"suite", key.suite},
                          {"terminal", origin.terminal},
                          {"version", kEnvelopeVersion}}
        .dump();
  } catch (const std::exception&) { return base::Error{Failure::internal, "the terminal's name is not UTF-8"}; }
}

std::string salt(base::Random& random) {
  std::array<std::uint8_t, 16> bytes{};
  random.fill(bytes);
  return base::to_hex(bytes);
}

// What the sealed application says of its attachments; empty when there are none.
base::Result<std::string> seal_parts(const Submission& submission, const Origin& origin, const OfficeKey& key,
                                     const DeviceKey& device, std::vector<SealedPart>& parts) {
  if (submission.attachments.empty()) return std::string();
  if (submission.attachments.size() > kMostAttachments) return base::Error{Failure::internal, "there are too many attachments"};
  std::string list;
  for (const auto& attachment : submission.attachments) {
    const int ordinal = static_cast<int>(parts.size()) + 1;
    auto part = seal_part(attachment, {submission.id, ordinal, origin.terminal}, key, device);
    if (!part) return part.error();
    list += (list.empty() ? "" : ",") + part_entry(attachment, *part);
    parts.push_back(*std::move(part));
  }
  return ",\"parts\":[" + list + "]";
}

base::Secret plaintext_of(const Submission& submission, std::string_view header, std::string_view parts, base::Random& random) {
  base::Secret plaintext("{\"application\":");
  plaintext.append(submission.application.reveal());
  plaintext.append(",\"header\":");
  plaintext.append(header);
  plaintext.append(parts);
  plaintext.append(",\"salt\":\"");
  std::string salted = salt(random);
  plaintext.append(salted);
  base::wipe(salted);
  plaintext.append("\"}");
  return plaintext;
}

base::Result<std::string> sealed_to(const OfficeKey& key, std::string_view plaintext) {
  const Suite* suite = find_suite(key.suite);
  auto sealed = suite == nullptr ? std::nullopt : suite->seal(plaintext, key.public_key);
  if (!sealed) return base::Error{Failure::save_no_seal_key, "sealing failed"};
  return base64(*sealed);
}

}  // namespace

base::Result<Envelope> seal(const Submission& submission, const Origin& origin, const OfficeKey& key, const DeviceKey& device,
                            base::Random& random) {
  const std::string_view application = submission.application.reveal();
  if (application.size() > kLongestApplication || !application.starts_with('{') || !application.ends_with('}'))
    return base::Error{Failure::internal, "the application is not a JSON object of an acceptable length"};
  if (origin.terminal.size() > kLongestTerminal) return base::Error{Failure::internal, "the terminal's name is too long"};
  auto header = header_json(submission.id, origin, key, device);
  if (!header) return header.error();
  Envelope envelope;
  const auto parts = seal_parts(submission, origin, key, device, envelope.parts);
  if (!parts) return parts.error();
  const base::Secret plaintext = plaintext_of(submission, *header, *parts, random);
  auto sealed = sealed_to(key, plaintext.reveal());
  if (!sealed) return sealed.error();
  const auto signature = device.sign("linli-envelope-v2\n" + *header + "\n" + *sealed + "\n");
  if (!signature) return signature.error();

  envelope.id = submission.id;
  envelope.bytes = "{\"header\":" + *header + ",\"sealed\":\"" + *sealed + "\",\"signature\":\"" + base64(*signature) + "\"}";
  envelope.plaintext_digest = sha256(plaintext.reveal());
  envelope.digest = sha256(envelope.bytes);
  envelope.version = kEnvelopeVersion;
  envelope.suite = key.suite;
  envelope.key_id = key.id;
  envelope.created = origin.created;
  envelope.clock_synchronised = origin.clock_synchronised;
  return envelope;
}

base::Result<EnvelopeHeader> read_envelope_header(std::string_view envelope) {
  const auto json = read_strict_json(envelope, kLongestEnvelope);
  if (!json) return json.error();
  const auto id = base::Uuid::parse(json->string("header/id"));
  const auto version = json->integers.find("header/version");
  const auto suite = json->integers.find("header/suite");
  if (!id || version == json->integers.end() || suite == json->integers.end() || json->string("sealed").empty())
    return base::Error{Failure::internal, "not an envelope"};
  if (version->second < 1 || version->second > kEnvelopeVersion) return base::Error{Failure::internal, "unknown version"};
  if (suite->second < 1 || suite->second > 2) return base::Error{Failure::internal, "unknown suite"};
  return EnvelopeHeader{*id, static_cast<int>(version->second), static_cast<int>(suite->second),
                        std::string(json->string("header/kid"))};
}

}  // namespace offline_cache
