// The part of the outbox that looks after itself: recovery, self check, quota, checkpoints, forgetting.
#include <algorithm>

#include "base/log.h"
#include "offline_cache/sqlite/sqlite_outbox.h"

namespace offline_cache {

using base::Failure;
using base::Result;
using base::Status;

namespace {

constexpr std::string_view kEndLostAttempts =
    "UPDATE app SET failure=CASE WHEN started-finished>=?1 THEN ?2 ELSE failure END,"
    "st=CASE WHEN started-finished>=?1 THEN 5 ELSE 1 END WHERE st=2";
constexpr std::string_view kWaitingBytes = "SELECT seq,envelope,ct_sha256 FROM app WHERE st=1 ORDER BY seq LIMIT ?";

Status broken(std::string_view invariant) { return base::Error{Failure::save_store_corrupt, std::string(invariant)}; }

}  // namespace

Status SqliteOutbox::recover(std::int64_t rows_to_digest) {
  return with_ballast(ballast_, [&]() -> Status {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    const auto in_flight = database_.number("SELECT count(*) FROM app WHERE st=2");
    if (!in_flight) return in_flight.error();
    if (*in_flight > 0) {
      const auto& held = base::entry(Failure::save_record_held);
      auto ended = database_.query(kEndLostAttempts).bind(kUnfinishedAttemptsAllowed).bind(held.code).run();
      if (!ended) return ended;
    }
    const auto damaged = damaged_rows(rows_to_digest);
    if (!damaged) return damaged.error();
    for (const auto seq : *damaged)
      if (auto status = hold_damaged(seq); !status) return status;
    if (auto status = transaction->commit(); !status) return status;
    auto counted = count_rows();
    if (!counted) return counted.error();
    counts_ = *counted;
    return {};
  });
}

Result<std::vector<std::int64_t>> SqliteOutbox::damaged_rows(std::int64_t rows_to_digest) {
  std::vector<std::int64_t> damaged;
  auto row = database_.query(kWaitingBytes).bind(rows_to_digest);
  for (;;) {
    const auto found = row.step();
    if (!found) return found.error();
    if (!*found) return damaged;
    const Digest digest = sha256(row.text(1));
    if (!std::ranges::equal(digest, row.text(2), {}, {}, [](char c) { return static_cast<std::uint8_t>(c); }))
      damaged.push_back(row.integer(0));
  }
}

Result<QueueCounts> SqliteOutbox::count_rows() {
  QueueCounts counts;
  auto rows = database_.query("SELECT st,count(*) FROM app GROUP BY st");
  for (;;) {
    const auto row = rows.step();
    if (!row) return row.error();
    if (!*row) break;
    count_of(counts, static_cast<State>(rows.integer(0))) = static_cast<int>(rows.integer(1));
  }
  const auto purged = database_.number("SELECT purged FROM tally");
  if (!purged) return purged.error();
  counts.purged = *purged;
  return counts;
}

Result<std::optional<base::WallTime>> SqliteOutbox::oldest_waiting() {
  auto rows = database_.query("SELECT created_utc FROM app WHERE st IN (1,2) ORDER BY seq LIMIT 1");
  const auto row = rows.step();
  if (!row) return row.error();
  if (!*row) return std::optional<base::WallTime>();
  return std::optional(base::WallTime{std::chrono::milliseconds(rows.integer(0))});
}

Status SqliteOutbox::self_check() {
  const auto issued = database_.number("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name='app'),0)");
  if (!issued) return issued.error();
  const auto counted = count_rows();
  if (!counted) return counted.error();
  const QueueCounts& c = *counted;
  const std::int64_t present = std::int64_t{c.queued} + c.in_flight + c.acknowledged + c.rejected + c.held + c.tombstones;
  if (*issued != present + c.purged) return broken("invariant 1: rows have vanished");
  if (c.in_flight > 1) return broken("invariant 2: two attempts in flight");
  const auto payload = database_.number("SELECT count(*) FROM app WHERE (st IN (1,2,4,5))<>(envelope IS NOT NULL)");
  if (!payload) return payload.error();
  if (*payload != 0) return broken("invariant 3: a payload is missing or was kept");
  if (!(c == counts_)) return broken("the counts are wrong");
  return {};
}

double SqliteOutbox::quota_share() {
  const auto pages = database_.number("PRAGMA page_count");
  const auto unused = database_.number("PRAGMA freelist_count");
  if (!pages || !unused) return 1.0;
  return static_cast<double>(*pages - *unused) / static_cast<double>(quota_pages_);
}

double SqliteOutbox::fill() { return ballast_.present() && ballast_.room_beside() ? std::min(quota_share(), 1.0) : 1.0; }

Status SqliteOutbox::tidy(Tidy occasion) {
  if (occasion != Tidy::between_records) {
    const bool full = quota_share() >= kSoftMark;
    auto status = full ? forget(kKeptWhenFull, 0) : forget(kKeptAcknowledged, kKeptTombstones);
    if (!status) return status;
    (void)ballast_.restore();  // fill() tells when it could not be
  }
  const int bearable = occasion == Tidy::hourly ? 1 : occasion == Tidy::when_idle ? kLogPagesWhenIdle : kLogPagesAtMost;
  if (database_.log_pages() < bearable) return {};
  // RESTART lets the log be overwritten in place, which is cheaper to sync than a growing file; TRUNCATE also removes
  // what is left in it of erased payloads.
  const int mode = occasion == Tidy::hourly ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_RESTART;
  return with_ballast(ballast_, [&] { return database_.checkpoint(mode); });
}

Status SqliteOutbox::forget(std::int64_t keep_acknowledged, std::int64_t keep_tombstones) {
  const std::int64_t fading = std::clamp<std::int64_t>(counts_.acknowledged - keep_acknowledged, 0, kForgottenAtOnce);
  const std::int64_t gone = std::clamp<std::int64_t>(counts_.tombstones - keep_tombstones, 0, kForgottenAtOnce);
  if (fading == 0 && gone == 0) return {};
  return with_ballast(ballast_, [&]() -> Status {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    if (auto status = delete_tombstones(gone); !status) return status;
    auto status = database_.query("UPDATE app SET st=6 WHERE seq IN (SELECT seq FROM app WHERE st=3 ORDER BY seq LIMIT ?)")
                      .bind(fading)
                      .run();
    if (!status) return status;
    if (status = transaction->commit(); !status) return status;
    auto counted = count_rows();
    if (!counted) return counted.error();
    counts_ = *counted;
    return {};
  });
}

Status SqliteOutbox::delete_tombstones(std::int64_t count) {
  if (count == 0) return {};
  auto attempts =
      database_.query("DELETE FROM attempt WHERE app IN (SELECT seq FROM app WHERE st=6 ORDER BY seq LIMIT ?)").bind(count).run();
  if (!attempts) return attempts;
  auto rows =
      database_.query("DELETE FROM app WHERE seq IN (SELECT seq FROM app WHERE st=6 ORDER BY seq LIMIT ?)").bind(count).run();
  if (!rows) return rows;
  return database_.query("UPDATE tally SET purged=purged+?").bind(database_.changes()).run();
}

}  // namespace offline_cache
