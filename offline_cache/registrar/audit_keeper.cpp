#include "offline_cache/registrar/audit_keeper.h"

#include "base/log.h"

namespace offline_cache {

base::Status AuditKeeper::write_all() {
  if (!log_) {
    if (clock_.now() < next_open_) return failure_.value_or(base::Failure::audit_unwritable);
    next_open_ = clock_.now() + kReopenAuditEvery;
    auto opened = open_();
    if (!opened) return opened.error();
    log_ = std::move(opened->log);
    damaged_ = damaged_ || opened->damaged;
  }
  for (const auto& record : unwritten_)
    if (auto added = log_->append(record); !added) return added;
  if (auto synced = log_->sync(); !synced) return synced;
  unwritten_.clear();
  return {};
}

bool AuditKeeper::write() {
  const auto before = failure_;
  const auto written = write_all();
  if (!written) {
    if (log_ || !failure_) base::log::failure(written.error());
    log_.reset();
    failure_ = base::Failure::audit_unwritable;
    // What happened first is what explains the rest.
    while (unwritten_.size() > kMostUnwritten) unwritten_.pop_back();
  } else {
    failure_ = damaged_ ? std::optional(base::Failure::audit_damaged) : std::nullopt;
  }
  return failure_ != before;
}

base::Instant AuditKeeper::due() const { return log_ ? log_->next_checkpoint() : next_open_; }

}  // namespace offline_cache
