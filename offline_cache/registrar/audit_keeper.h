// Keeps an audit log open: opens it, notices when it breaks, opens it again, and keeps what could not be written meanwhile. A
// record is kept until a sync has succeeded after it; one that was written although that was reported as failed stands there
// twice.
#pragma once

#include <deque>

#include "offline_cache/audit_log.h"

namespace offline_cache {

inline constexpr std::chrono::seconds kReopenAuditEvery{10};
inline constexpr std::size_t kMostUnwritten = 1000;  // records

class AuditKeeper {
 public:
  using Open = std::function<base::Result<OpenedAuditLog>()>;
  AuditKeeper(Open open, const base::Clock& clock) : open_(std::move(open)), clock_(clock) {}

  void record(const AuditRecord& record) { unwritten_.push_back(record); }
  // Writes and syncs what was recorded; opens the log when that is due. True when the failure changed.
  bool write();
  // Nothing: everything is written. audit_damaged: it is written to a new chain, the old one was set aside.
  std::optional<base::Failure> failure() const { return failure_; }
  bool all_written() const { return unwritten_.empty(); }
  std::optional<AuditHead> head() const { return log_ ? std::optional(log_->head()) : std::nullopt; }
  base::Instant due() const;  // when to call write() at the latest
  void close() { log_.reset(); }

 private:
  base::Status write_all();

  Open open_;
  const base::Clock& clock_;
  std::unique_ptr<AuditLog> log_;
  std::deque<AuditRecord> unwritten_;
  std::optional<base::Failure> failure_;
  bool damaged_ = false;
  base::Instant next_open_{};
};

}  // namespace offline_cache
