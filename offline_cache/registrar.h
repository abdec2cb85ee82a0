// Keeps this terminal's books, on a thread of its own: the ledger of queue numbers, the audit log, the catalogue; and keeps them
// in step with the platform: a number on demand, blocks of reserve numbers, reports of what was given meanwhile, the catalogue,
// and a heartbeat with the head of the audit log. These calls post to it; it answers with events. Nothing here waits.
//
// A number: issue_ticket → TicketIssued (or TicketFailed). With the platform within reach it counts for the whole hall; after
// kNumberPatience the terminal gives one of its own, and reports it later. Asking again with the same id answers the same.
#pragma once

#include <functional>
#include <optional>
#include <variant>

#include "offline_cache/audit_event.h"
#include "offline_cache/catalogue_store.h"
#include "offline_cache/ledger.h"
#include "offline_cache/submission.h"

namespace offline_cache {

inline constexpr std::chrono::milliseconds kNumberPatience{700};  // facts: gateway §5
inline constexpr std::chrono::seconds kClocksApart{120};          // then certificates and signatures are about to fail

struct TicketIssued {
  Ticket ticket;
  std::optional<int> ahead;  // people; nothing: not known
};
struct TicketFailed {
  base::Uuid id;
  base::Failure failure = base::Failure::ticket_unavailable;
};
// Whether what happens can be written down: no audit, no service.
struct AuditChanged {
  std::optional<base::Failure> failure;  // nothing: it is written
};
// A catalogue was verified and is kept; the one before it stays readable.
struct CatalogueTaken {
  KeptCatalogue catalogue;
};

// How this machine's wall clock stands to the platform's: at the first heartbeat, and when that has changed.
struct ClockCompared {
  std::chrono::seconds ahead{};  // negative: behind
};
// What record_first() wrote down.
struct Recorded {
  std::int64_t number = 0;  // as it was given there
  bool durable = false;     // false: the log cannot be written; what was to follow does not happen
};

using RegistrarEvent = std::variant<TicketIssued, TicketFailed, AuditChanged, CatalogueTaken, ClockCompared, Recorded>;
using RegistrarSink = std::function<void(RegistrarEvent)>;

class Registrar {
 public:
  virtual ~Registrar() = default;  // writes what was posted, signs, stops the thread

  virtual void issue_ticket(const base::Uuid& id, char series) = 0;
  virtual void record(AuditRecord record) = 0;
  // For what must not happen unless it stands in the log: answered with Recorded.
  virtual void record_first(AuditRecord record, std::int64_t number) = 0;
  // For the heartbeat.
  virtual void note_queue(const QueueCounts& counts) = 0;
  virtual void sync_now() = 0;
};

}  // namespace offline_cache
