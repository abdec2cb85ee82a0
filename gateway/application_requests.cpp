#include "gateway/application_requests.h"

#include <sodium.h>

#include <nlohmann/json.hpp>

#include "base/log.h"
#include "gateway/application_check.h"
#include "gateway/base64.h"
#include "gateway/envelope.h"
#include "gateway/put_headers.h"

namespace gateway {
namespace {

using enum ProblemCode;

constexpr std::size_t kStackToWipe = 64U * 1024U;  // bytes; more than the checks use

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

// What of an application may be kept. The opened application dies here.
Verdict<NewApplication> examine(const Platform& platform, std::string_view id, std::string_view envelope, std::string& terminal) {
  const auto opened = open_envelope(envelope, platform.keys, platform.devices);
  if (!opened) return tl::make_unexpected(opened.error());
  if (opened->id != id) return refuse(malformed, "The id in the path is not the id in the header.", "/header/id");
  auto service = check_application(opened->application, platform.catalogue);
  if (!service) return tl::make_unexpected(service.error());
  terminal = opened->terminal;
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
  auto application = examine(platform, id, request.body, terminal);
  sodium_stackzero(kStackToWipe);
  if (!application) return tl::make_unexpected(application.error());
  auto added = platform.store.add(*application, platform.clock.wall());
  if (!added) return cannot_store(added.error());
  platform.received(*added, false);
  return acknowledge(platform, *added, 201);
}

Verdict<std::string> get_application(Platform& platform, std::string_view id) {
  if (!is_application_id(id)) return refuse(malformed, "The id in the path is not a UUIDv7 in lower case.");
  auto stored = platform.store.find(id);
  if (!stored) return cannot_store(stored.error());
  if (!*stored) return refuse(not_found, "No application with this id was received.");
  return receipt(platform, **stored);
}

}  // namespace gateway
