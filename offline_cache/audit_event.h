// What the audit log can say, in one table: the enumeration, the names in the file, the checks and docs/log_events.md all
// come from it. A value is a count, a word of a closed alphabet, a failure code or an id; there is no way to put a free text,
// and so nothing personal, into a record.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/failure.h"
#include "base/uuid.h"

namespace offline_cache {

enum class AuditEvent : std::uint8_t {
  // The log about itself; only the log writes these.
  log_begun,
  checkpoint,
  truncated,
  recovered,
  set_aside,
  // The program
  kiosk_started,
  kiosk_stopped,
  time_jumped,
  // Visits
  visit_began,
  visit_ended,
  application_saved,
  application_not_saved,
  application_received,
  application_refused,
  ticket_issued,
  ticket_not_issued,
  print_ended,
  // Devices and surroundings
  device_changed,
  intake_changed,
  link_changed,
  catalogue_taken,
  catalogue_refused,
  platform_disagrees,
  // People of the hall
  operator_acted,
  operator_asked,
  // The program, again: a table only grows at its end
  clocks_compared,
};

enum class AuditKind : std::uint8_t {
  none,   // ends the list of an event's fields
  count,  // at most ten digits and a sign: an ID or telephone number does not fit
  word,   // AuditWord
  code,   // a failure code, "CARD-003"
  id,     // UUIDv7 of an application, ticket or request
  proof,  // hex of a hash or signature; only the log itself writes these
};

struct AuditField {
  std::string_view name;
  AuditKind kind = AuditKind::none;
  std::string_view meaning;
};

inline constexpr std::size_t kMostAuditFields = 3;

struct AuditEventEntry {
  AuditEvent event;
  std::string_view name;     // "visit-began"
  std::string_view meaning;  // one English sentence, for the manual
  std::array<AuditField, kMostAuditFields> fields;
};

const AuditEventEntry& entry(AuditEvent event);
std::span<const AuditEventEntry> all_audit_events();

inline constexpr std::size_t kLongestAuditWord = 40;  // bytes
inline constexpr int kMostWordDigits = 4;             // in one word: too few for anybody's number
inline constexpr std::int64_t kLargestAuditCount = 9'999'999'999;

// A name made by us or the hall's integrator: a service, a device, a state. Begins with a letter; a-z, 0-9 and '-'.
class AuditWord {
 public:
  template <std::size_t N>
  consteval AuditWord(const char (&literal)[N]) : text_(literal, N - 1) {  // NOLINT: reads like the word it is
    if (!fits({literal, N - 1})) throw "not a word of the audit log";
  }
  // Anything that is no such word is recorded as "unfit".
  static AuditWord of(std::string_view text) { return AuditWord(fits(text) ? text : std::string_view("unfit"), 0); }
  static constexpr bool fits(std::string_view text);
  // Valid as long as what it was made from.
  std::string_view text() const { return text_; }

 private:
  constexpr AuditWord(std::string_view text, int) : text_(text) {}
  std::string_view text_;
};

constexpr bool AuditWord::fits(std::string_view text) {
  if (text.empty() || text.size() > kLongestAuditWord || text.front() < 'a' || text.front() > 'z') return false;
  int digits = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9')
      ++digits;
    else if ((c < 'a' || c > 'z') && c != '-')
      return false;
  }
  return digits <= kMostWordDigits;
}

struct AuditProof {
  std::string_view hex;
};
using AuditValue = std::variant<std::monostate, std::int64_t, AuditWord, base::Failure, base::Uuid, AuditProof>;

// One thing that happened. Values stand in the order of the table's fields; one that is missing or of another kind than the
// table says is written as "-".
class AuditRecord {
 public:
  explicit AuditRecord(AuditEvent event) : event_(event) {}
  AuditRecord& add(std::int64_t count) { return add_value(count); }
  AuditRecord& add(AuditWord word) { return add_value(word); }
  AuditRecord& add(base::Failure failure) { return add_value(failure); }
  AuditRecord& add(const base::Uuid& id) { return add_value(id); }
  AuditRecord& add(AuditProof proof) { return add_value(proof); }

  AuditEvent event() const { return event_; }
  // "visit-ended reason=done", as it stands in the file.
  const std::string& fields() const { return fields_; }

 private:
  AuditRecord& add_value(const AuditValue& value);
  AuditEvent event_;
  std::size_t count_ = 0;
  std::string fields_;
};

}  // namespace offline_cache
