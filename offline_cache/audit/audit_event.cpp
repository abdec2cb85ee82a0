#include "offline_cache/audit_event.h"

#include <fmt/format.h>

#include <algorithm>

namespace offline_cache {
namespace {

using enum AuditEvent;
using Kind = AuditKind;

constexpr std::array kEvents{
    AuditEventEntry{log_begun, "log-begun", "A new chain began; the machine is new, or the old chain was set aside.", {}},
    AuditEventEntry{checkpoint,
                    "checkpoint",
                    "The machine signed everything up to here.",
                    {{{"key", Kind::proof, "which device key signed"}, {"signature", Kind::proof, "Ed25519, see below"}}}},
    AuditEventEntry{truncated,
                    "truncated",
                    "The oldest records were removed after their retention.",
                    {{{"first", Kind::count, "the first record that is still there"},
                      {"after", Kind::proof, "hash of the last record that was removed"}}}},
    AuditEventEntry{recovered,
                    "recovered",
                    "The machine died while it wrote; an unfinished line was removed.",
                    {{{"bytes", Kind::count, "length of that line"}}}},
    AuditEventEntry{set_aside,
                    "set-aside",
                    "The earlier chain did not verify; it was kept in a folder of its own.",
                    {{{"record", Kind::count, "the first record that did not verify"}}}},
    AuditEventEntry{kiosk_started, "kiosk-started", "The program started.", {{{"schema", Kind::count, "version of this table"}}}},
    AuditEventEntry{kiosk_stopped, "kiosk-stopped", "The program ended in good order.", {}},
    AuditEventEntry{time_jumped,
                    "time-jumped",
                    "The clock on the wall and the clock of the machine came apart.",
                    {{{"seconds", Kind::count, "how far; negative = backwards"}}}},
    AuditEventEntry{visit_began, "visit-began", "Somebody began a visit.", {}},
    AuditEventEntry{visit_ended, "visit-ended", "A visit ended and was wiped.", {}},
    AuditEventEntry{application_saved,
                    "application-saved",
                    "An application is durable on this machine.",
                    {{{"id", Kind::id, "of the application"}}}},
    AuditEventEntry{application_not_saved,
                    "application-not-saved",
                    "An application could not be saved.",
                    {{{"id", Kind::id, "of the application"}, {"why", Kind::code, "failure"}}}},
    AuditEventEntry{application_received,
                    "application-received",
                    "The office confirmed an application.",
                    {{{"id", Kind::id, "of the application"}}}},
    AuditEventEntry{application_refused,
                    "application-refused",
                    "The office refused an application; it is held here.",
                    {{{"id", Kind::id, "of the application"}, {"why", Kind::code, "failure"}}}},
    AuditEventEntry{ticket_issued,
                    "ticket-issued",
                    "A queue number was given.",
                    {{{"id", Kind::id, "of the ticket"}, {"source", Kind::word, "platform, reserve or own"}}}},
    AuditEventEntry{ticket_not_issued,
                    "ticket-not-issued",
                    "No queue number could be given.",
                    {{{"id", Kind::id, "of the ticket"}, {"why", Kind::code, "failure"}}}},
    AuditEventEntry{print_ended,
                    "print-ended",
                    "What is known of a print.",
                    {{{"outcome", Kind::word, "confirmed, not-printed or unknown"}, {"why", Kind::code, "failure, if any"}}}},
    AuditEventEntry{
        device_changed,
        "device-changed",
        "A device changed its state.",
        {{{"device", Kind::word, "which"}, {"state", Kind::word, "its state"}, {"why", Kind::code, "failure, if any"}}}},
    AuditEventEntry{intake_changed,
                    "intake-changed",
                    "New applications are taken, or no longer.",
                    {{{"intake", Kind::word, "open or closed"}, {"why", Kind::code, "failure, if any"}}}},
    AuditEventEntry{link_changed,
                    "link-changed",
                    "The platform was reached, or no longer.",
                    {{{"link", Kind::word, "up or down"}, {"why", Kind::code, "failure, if any"}}}},
    AuditEventEntry{catalogue_taken,
                    "catalogue-taken",
                    "A new catalogue was verified and kept.",
                    {{{"version", Kind::count, "of the catalogue"}}}},
    AuditEventEntry{catalogue_refused,
                    "catalogue-refused",
                    "A catalogue was refused; the last good one stays.",
                    {{{"why", Kind::code, "failure"}}}},
    AuditEventEntry{platform_disagrees,
                    "platform-disagrees",
                    "The platform has seen a later or another state of this log.",
                    {{{"record", Kind::count, "the last record the platform has seen"}}}},
    AuditEventEntry{operator_acted,
                    "operator-acted",
                    "Somebody of the hall or the operator did something.",
                    {{{"action", Kind::word, "what"},
                      {"id", Kind::id, "of the record it was done to, if any"},
                      {"why", Kind::code, "failure, when it was not done"}}}},
    AuditEventEntry{operator_asked,
                    "operator-asked",
                    "Somebody is about to do something to the queue; written before it is done.",
                    {{{"action", Kind::word, "what"},
                      {"id", Kind::id, "of the record it is done to, if any"},
                      {"by", Kind::count, "user id of the account that asks, from the kernel"}}}},
    AuditEventEntry{clocks_compared,
                    "clocks-compared",
                    "The clock on the wall and the platform's are two minutes or more apart, or no longer.",
                    {{{"ahead", Kind::count, "seconds; negative = this machine is behind"}}}},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kEvents.size(); ++i)
    if (static_cast<std::size_t>(kEvents[i].event) != i) return false;
  return kEvents.size() == static_cast<std::size_t>(clocks_compared) + 1;
}
static_assert(in_order(), "the table follows the enumeration");

bool is_hex(std::string_view text) {
  return !text.empty() && text.size() <= 128 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

std::string written(Kind kind, const AuditValue& value) {
  if (const auto* count = std::get_if<std::int64_t>(&value); count != nullptr && kind == Kind::count)
    return fmt::format("{}", std::clamp(*count, -kLargestAuditCount, kLargestAuditCount));
  if (const auto* word = std::get_if<AuditWord>(&value); word != nullptr && kind == Kind::word) return std::string(word->text());
  if (const auto* code = std::get_if<base::Failure>(&value); code != nullptr && kind == Kind::code)
    return std::string(base::entry(*code).code);
  if (const auto* id = std::get_if<base::Uuid>(&value); id != nullptr && kind == Kind::id) return id->text();
  if (const auto* proof = std::get_if<AuditProof>(&value); proof != nullptr && kind == Kind::proof && is_hex(proof->hex))
    return std::string(proof->hex);
  return "-";
}

}  // namespace

const AuditEventEntry& entry(AuditEvent event) { return kEvents.at(static_cast<std::size_t>(event)); }

std::span<const AuditEventEntry> all_audit_events() { return kEvents; }

AuditRecord& AuditRecord::add_value(const AuditValue& value) {
  if (count_ >= kMostAuditFields) return *this;
  const AuditField& field = entry(event_).fields.at(count_++);
  if (field.kind != Kind::none) fields_ += fmt::format(" {}={}", field.name, written(field.kind, value));
  return *this;
}

}  // namespace offline_cache
