#include "gateway/application_requests.h"

#include <nlohmann/json.hpp>

#include "base/log.h"
#include "base/remains.h"
#include "base/secret.h"
#include "gateway/application_check.h"
#include "gateway/base64.h"
#include "gateway/envelope.h"
#include "gateway/put_headers.h"

namespace gateway {
namespace {

using enum ProblemCode;

tl::unexpected<Problem> cannot_store(const base::Error& error) {
  base::log::failure(error);
  return refuse(busy, "The application was not stored. Send the same bytes again later.");
}

// Made from stored values only, and Ed25519 needs no randomness: a repeat gets the identical bytes.
std::string receipt(const Platform& platform, const StoredApplication& application) {
  const std::string digest = to_field(application.plaintext_digest);
  const std::string signed_text = "linli-receipt-v1\n" + application.id + "\n" + digest + "\n" + application.number + "\n" +
                                  application.received + "\nreceived\n";
  return nlohmann::json{{"digest", digest},
                        {"id", application.id},
                        {"number", application.number},
                        {"received", application.received},
                        {"signature", to_base64(platform.answer_key.sign(signed_text))},
                        {"state", "received"}}
      .dump();
}

Response acknowledge(const Platform& platform, const StoredApplication& application, int status) {
  std::string body = receipt(platform, application);
  return {
      status, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}, {"ETag", entity_tag(body)}}, std::move(body)};
}

// As above, without a number: it cannot be taken for the receipt of an application.
std::string part_receipt(const Platform& platform, std::string_view id, const Digest& part_digest, const StoredPart& part) {
  const std::string digest = to_field(part_digest);
  const std::string signed_text = "linli-receipt-v1\n" + std::string(id) + "\n" + digest + "\n\n" + part.received + "\npart\n";
  return nlohmann::json{{"digest", digest},
                        {"id", id},
                        {"received", part.received},
                        {"signature", to_base64(platform.answer_key.sign(signed_text))},
                        {"state", "part"}}
      .dump();
}

Response with_body(int status, std::string body) {
  return {status, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, std::move(body)};
}

// One unit: without its attachments an application is not received.
std::optional<Problem> check_parts(Platform& platform, std::string_view id, const std::vector<NamedPart>& parts) {
  int ordinal = 0;
  for (const auto& named : parts) {
    const auto part = platform.store.find_part(id, named.digest);
    if (!part) return cannot_store(part.error()).value();
    if (!*part) return Problem{parts_missing, "Send the parts first; this application names one that is not here.", "/parts"};
    if ((*part)->ordinal != ++ordinal || (*part)->bytes != named.bytes)
      return Problem{application_invalid, "A part is not the one its application names.", "/parts"};
  }
  return std::nullopt;
}

Verdict<OpenedPart> examine_part(const Platform& platform, std::string_view id, std::string_view bytes) {
  auto opened = open_part(bytes, platform.keys, platform.devices);
  if (!opened) return opened;
  base::wipe(opened->attachment);
  if (opened->application != id)
    return refuse(malformed, "The id in the path is not the id in the header.", "/header/application");
  return opened;
}

// What of an application may be kept. The opened application dies here.
Verdict<NewApplication> examine(Platform& platform, std::string_view id, std::string_view envelope, std::string& terminal,
                                std::optional<Digest>& applicant) {
  const auto opened = open_envelope(envelope, platform.keys, platform.devices);
  if (!opened) return tl::make_unexpected(opened.error());
  if (opened->id != id) return refuse(malformed, "The id in the path is not the id in the header.", "/header/id");
  auto service = check_application(opened->application, platform.catalogue);
  if (!service) return tl::make_unexpected(service.error());
  if (auto problem = check_part_names(opened->application, opened->parts)) return tl::make_unexpected(*problem);
  if (auto problem = check_parts(platform, id, opened->parts)) return tl::make_unexpected(*problem);
  terminal = opened->terminal;
  applicant = platform.applicant_key.applicant_of(opened->application);
  return NewApplication{id, terminal, *std::move(service), opened->plaintext_digest, sha256(envelope), envelope};
}

Verdict<Response> repeat(Platform& platform, const StoredApplication& stored, std::string_view envelope) {
  if (stored.envelope_digest != sha256(envelope))
    return refuse(different_body, "An application with this id and other bytes was received before.");
  platform.received(stored, true);
  return acknowledge(platform, stored, 200);
}

}  // namespace

Verdict<Response> put_application(Platform& platform, const Request& request, std::string_view id) {
  if (auto problem = check_put_headers(request, id)) return tl::make_unexpected(*problem);
  auto stored = platform.store.find(id);
  if (!stored) return cannot_store(stored.error());
  if (*stored) return repeat(platform, **stored, request.body);
  std::string terminal;
  std::optional<Digest> applicant;
  auto application = examine(platform, id, request.body, terminal, applicant);
  base::forget_dead_stack();
  if (!application) return tl::make_unexpected(application.error());
  auto added = platform.store.add(*application, platform.clock.wall());
  if (!added) return cannot_store(added.error());
  // What is missed here is caught up with at the next start.
  if (auto learned = platform.progress.learn({added->id, added->number, added->service.id, added->received, applicant}); !learned)
    base::log::failure(learned.error());
  platform.received(*added, false);
  return acknowledge(platform, *added, 201);
}

Verdict<Response> put_part(Platform& platform, const Request& request, std::string_view id, std::string_view sha256) {
  if (auto problem = check_part_headers(request, id, sha256)) return tl::make_unexpected(*problem);
  const Digest digest = gateway::sha256(request.body);
  const auto known = platform.store.find_part(id, digest);
  if (!known) return cannot_store(known.error());
  if (*known) return with_body(200, part_receipt(platform, id, digest, **known));
  const auto application = platform.store.find(id);
  if (!application) return cannot_store(application.error());
  if (*application) return refuse(application_closed, "Its application was received before, and does not name it.");
  const auto opened = examine_part(platform, id, request.body);
  base::forget_dead_stack();
  if (!opened) return tl::make_unexpected(opened.error());
  if (auto forgotten = platform.store.forget_stray_parts(platform.clock.wall()); !forgotten)
    return cannot_store(forgotten.error());
  const auto parts = platform.store.count_parts(id);
  if (!parts) return cannot_store(parts.error());
  if (*parts >= kMostParts) return refuse(too_large, "An application has at most 4 parts.");
  const auto added = platform.store.add_part(id, opened->ordinal, digest, request.body, platform.clock.wall());
  if (!added) return cannot_store(added.error());
  return with_body(201, part_receipt(platform, id, digest, *added));
}

Verdict<std::string> get_application(Platform& platform, std::string_view id) {
  if (!is_application_id(id)) return refuse(malformed, "The id in the path is not a UUIDv7 in lower case.");
  auto stored = platform.store.find(id);
  if (!stored) return cannot_store(stored.error());
  if (!*stored) return refuse(not_found, "No application with this id was received.");
  return receipt(platform, **stored);
}

}  // namespace gateway
