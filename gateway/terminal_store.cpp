#include "gateway/terminal_store.h"

#include "gateway/timestamp.h"

namespace gateway {

base::Result<std::optional<AuditHead>> TerminalStore::head(std::string_view terminal, std::string_view chain) {
  auto asked = database_.prepare("SELECT chain, record, hash FROM audit_head WHERE terminal = ? AND chain = ?");
  if (!asked) return asked.error();
  const auto row = asked->bind(1, terminal).bind(2, chain).step();
  if (!row) return row.error();
  if (!*row) return std::optional<AuditHead>();
  return std::optional(AuditHead{asked->text(0), asked->number(1), asked->text(2)});
}

base::Result<TerminalStore::Known> TerminalStore::heard(const Heartbeat& heartbeat, base::WallTime now) {
  auto transaction = Transaction::begin(database_);
  if (!transaction) return transaction.error();
  const std::string at = to_timestamp(now);
  auto status = database_.prepare("INSERT OR REPLACE INTO terminal_status VALUES(?, ?, ?, ?, ?, ?)");
  if (!status) return status.error();
  const auto noted = status->bind(1, heartbeat.terminal)
                         .bind(2, at)
                         .bind(3, heartbeat.software)
                         .bind(4, heartbeat.catalogue)
                         .bind(5, heartbeat.waiting)
                         .bind(6, heartbeat.oldest_s)
                         .run();
  if (!noted) return noted.error();
  Known known;
  if (const auto& audit = heartbeat.audit) {
    auto before = head(heartbeat.terminal, audit->chain);
    if (!before) return before.error();
    known.head = *std::move(before);
    known.went_back = known.head && (audit->record < known.head->record ||
                                     (audit->record == known.head->record && audit->hash != known.head->hash));
    if (!known.went_back) {
      auto keep = database_.prepare("INSERT OR REPLACE INTO audit_head VALUES(?, ?, ?, ?, ?)");
      if (!keep) return keep.error();
      const auto kept =
          keep->bind(1, heartbeat.terminal).bind(2, audit->chain).bind(3, audit->record).bind(4, audit->hash).bind(5, at).run();
      if (!kept) return kept.error();
      known.head = *audit;
    }
  }
  if (auto committed = transaction->commit(); !committed) return committed.error();
  return known;
}

}  // namespace gateway
