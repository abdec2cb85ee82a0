#include "gateway/sync_requests.h"

#include <nlohmann/json.hpp>

#include "base/log.h"
#include "gateway/json_members.h"
#include "gateway/put_headers.h"
#include "gateway/strict_json.h"
#include "gateway/terminal_store.h"
#include "gateway/timestamp.h"

namespace gateway {
namespace {

using nlohmann::json;
using enum ProblemCode;

constexpr int kPollAfterSeconds = 60;
constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kNameCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._+~-";

bool is_count(const json& value) { return value.is_number_unsigned() && value <= 9'999'999'999; }

bool is_hex(std::string_view text, std::size_t digits) { return text.size() == digits && consists_of(text, kHex); }

std::optional<AuditHead> read_audit(const json& audit) {
  if (!has_exactly(audit, {"chain", "hash", "record"}) || !is_hex(text_member(audit, "chain"), 32) ||
      !is_hex(text_member(audit, "hash"), 64) || !is_count(audit["record"]))
    return std::nullopt;
  return AuditHead{std::string(text_member(audit, "chain")), audit["record"].get<std::int64_t>(),
                   std::string(text_member(audit, "hash"))};
}

Verdict<Heartbeat> read_heartbeat(const json& body) {
  const auto terminal = text_member(body, "terminal"), software = text_member(body, "software");
  const json& queue = member(body, "queue");
  if (terminal.size() > 32 || !consists_of(terminal, kNameCharacters) || software.size() > 32 ||
      !consists_of(software, kNameCharacters))
    return refuse(malformed, "Terminal or software is missing or no name.");
  if (!is_count(member(body, "catalogue")) || !has_exactly(queue, {"oldest_s", "waiting"}) || !is_count(queue["waiting"]) ||
      !is_count(queue["oldest_s"]))
    return refuse(malformed, "Catalogue, or queue with waiting and oldest_s, is missing or no count.");
  Heartbeat heartbeat{terminal,
                      software,
                      body["catalogue"].get<std::int64_t>(),
                      queue["waiting"].get<std::int64_t>(),
                      queue["oldest_s"].get<std::int64_t>(),
                      std::nullopt};
  if (!body.contains("audit")) return heartbeat;
  heartbeat.audit = read_audit(body["audit"]);
  if (!heartbeat.audit) return refuse(malformed, "The head of the audit log is not chain, record and hash.", "/audit");
  return heartbeat;
}

}  // namespace

Verdict<Response> sync(Platform& platform, const Request& request) {
  if (auto problem = check_message_headers(request)) return tl::make_unexpected(*problem);
  const auto body = parse_strict_json(request.body);
  if (!body || !body->is_object()) return refuse(malformed, "The body is no JSON object.");
  const auto heartbeat = read_heartbeat(*body);
  if (!heartbeat) return tl::make_unexpected(heartbeat.error());
  const auto known = platform.terminals.heard(*heartbeat, platform.clock.wall());
  if (!known) {
    base::log::failure(known.error());
    return refuse(busy, "The heartbeat was not stored.");
  }
  if (known->went_back) {
    base::log::warning("AUDIT-003 {}: its log was at record {} before", heartbeat->terminal, known->head->record);
    return refuse(audit_went_back, "The head that was reported before is later, or another one at the same record.", "/audit");
  }
  const json answer{{"catalogue", platform.catalogue_version},
                    {"now", to_timestamp(platform.clock.wall())},
                    {"poll_after_s", kPollAfterSeconds}};
  return Response{200, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, answer.dump()};
}

}  // namespace gateway
