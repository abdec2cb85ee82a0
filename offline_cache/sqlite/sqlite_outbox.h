// The outbox on one SQLite connection. Made by open_outbox(), which has checked the files.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "offline_cache/outbox.h"
#include "offline_cache/sqlite/ballast.h"
#include "offline_cache/sqlite/database.h"
#include "offline_cache/sqlite/folder_lock.h"

namespace offline_cache {

inline constexpr int kLogPagesWhenIdle = 512;          // checkpoint when nothing else is to be done
inline constexpr int kLogPagesAtMost = 1024;           // checkpoint between two records; half a ballast
inline constexpr int kReceiptCodesTried = 64;          // collisions in a row before enqueueing fails
inline constexpr double kSoftMark = 0.80;              // of the quota: forget acknowledged rows early, tell the operator
inline constexpr std::int64_t kKeptWhenFull = 100;     // acknowledged rows kept above the soft mark
inline constexpr std::int64_t kForgottenAtOnce = 200;  // rows per tidy, so that it stays short

int& count_of(QueueCounts& counts, State state);

class SqliteOutbox final : public Outbox {
 public:
  SqliteOutbox(FolderLock lock, Database database, Ballast ballast, std::int64_t quota_pages, std::string boot_id,
               const base::Clock& clock, base::Random& random);

  // Ends what a dead sender left, HOLDs rows that are not what was stored, counts the rest. Once, when opened.
  base::Status recover(std::int64_t rows_to_digest);

  base::Result<Stored> enqueue(const Envelope& envelope, bool lease_it) override;
  base::Result<std::optional<Stored>> find(const base::Uuid& id) override;
  base::Result<std::optional<Stored>> find_receipt(std::string_view code) override;
  base::Result<std::optional<Lease>> claim(const Claim& claim) override;
  base::Result<std::optional<Lease>> conclude(const Lease& lease, const Conclusion& conclusion, const Claim& next) override;
  QueueCounts counts() const override { return counts_; }
  base::Result<std::optional<base::WallTime>> oldest_waiting() override;
  base::Status self_check() override;
  double fill() override;
  base::Status tidy(Tidy occasion) override;

 private:
  base::Result<std::string> unused_receipt_code();
  base::Result<bool> insert(const Envelope& envelope, bool lease_it);
  base::Result<std::int64_t> insert_row(const Envelope& envelope, std::string_view receipt_code, bool lease_it);
  base::Result<std::optional<Lease>> lease_next(const Claim& claim);
  base::Result<std::optional<Lease>> pick(Statement found);
  base::Status begin_attempt(const Lease& lease);
  base::Status end_attempt(const Lease& lease, const Conclusion& conclusion);
  base::Status hold_damaged(std::int64_t row);
  base::Result<std::vector<std::int64_t>> damaged_rows(std::int64_t rows_to_digest);
  base::Result<QueueCounts> count_rows();
  double quota_share();
  base::Status forget(std::int64_t keep_acknowledged, std::int64_t keep_tombstones);
  base::Status delete_tombstones(std::int64_t count);
  std::int64_t wall_ms() const;

  FolderLock lock_;  // released last
  Database database_;
  Ballast ballast_;
  std::int64_t quota_pages_;
  std::string boot_id_;
  const base::Clock& clock_;
  base::Random& random_;
  QueueCounts counts_;   // what is committed
  QueueCounts pending_;  // what will be, inside a transition
};

}  // namespace offline_cache
