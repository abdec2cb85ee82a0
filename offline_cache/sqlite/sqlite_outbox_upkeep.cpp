// The part of the outbox that looks after itself: recovery, self check, scrub, quota, checkpoints, forgetting.
#include <algorithm>

#include "base/failpoint.h"
#include "base/log.h"
#include "offline_cache/sqlite/columns.h"
#include "offline_cache/sqlite/part_tables.h"
#include "offline_cache/sqlite/sqlite_outbox.h"
#include "offline_cache/sqlite/store_files.h"

namespace offline_cache {

using base::Failure;
using base::Result;
using base::Status;

namespace {

constexpr std::string_view kEndLostAttempts =
    "UPDATE app SET failure=CASE WHEN started-finished>=?1 THEN ?2 ELSE failure END,"
    "st=CASE WHEN started-finished>=?1 THEN 5 ELSE 1 END WHERE st=2";
#define LINLI_PAYLOADS \
  "SELECT app.seq,st,bytes,app.ct_sha256,parts FROM payload JOIN app ON app.seq=payload.seq WHERE payload.seq>? "
constexpr std::string_view kWaiting = LINLI_PAYLOADS "AND st=1 ORDER BY payload.seq LIMIT ?";
constexpr std::string_view kAnyPayload = LINLI_PAYLOADS "ORDER BY payload.seq LIMIT ?";
#undef LINLI_PAYLOADS

Status broken(std::string_view invariant) { return base::Error{Failure::save_store_corrupt, std::string(invariant)}; }

base::Result<std::int64_t> pages_used(Database& database) {
  const auto pages = database.number("PRAGMA page_count");
  if (!pages) return pages.error();
  const auto unused = database.number("PRAGMA freelist_count");
  if (!unused) return unused.error();
  return *pages - *unused;
}

}  // namespace

Status SqliteOutbox::end_lost_attempts() {
  const auto in_flight = database_.number("SELECT count(*) FROM app WHERE st=2");
  if (!in_flight) return in_flight.error();
  if (*in_flight == 0) return {};
  const auto& held = base::entry(Failure::save_record_held);
  return database_.query(kEndLostAttempts).bind(kUnfinishedAttemptsAllowed).bind(held.code).run();
}

Status SqliteOutbox::recover(std::int64_t rows_to_digest) {
  return with_ballast(ballast_, [&]() -> Status {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    if (auto status = end_lost_attempts(); !status) return status;
    if (auto status = check_payloads(kWaiting, 0, rows_to_digest, Parts::not_checked); !status) return status;
    if (auto status = transaction->commit(); !status) return status;
    const auto first =
        database_.number("SELECT coalesce((SELECT seq FROM app WHERE st=1 ORDER BY seq LIMIT 1),(SELECT max(seq)+1 FROM app),1)");
    if (!first) return first.error();
    first_waiting_ = *first;
    return learn_counts();
  });
}

// HOLDs the rows whose payload or parts are not what was stored. `last`: the last row looked at, 0 when there was none.
Status SqliteOutbox::check_payloads(std::string_view sql, std::int64_t after, std::int64_t most, Parts parts,
                                    std::int64_t* last) {
  std::vector<std::pair<std::int64_t, State>> damaged, with_parts;
  if (last != nullptr) *last = 0;
  {
    auto row = database_.query(sql).bind(after).bind(most);
    for (;;) {
      const auto found = row.step();
      if (!found) return found.error();
      if (!*found) break;
      if (last != nullptr) *last = row.integer(0);
      const Digest digest = sha256(row.view(2));
      const std::pair found_row{row.integer(0), static_cast<State>(row.integer(1))};
      if (blob_of(digest) != row.view(3))
        damaged.push_back(found_row);
      else if (parts == Parts::checked && row.integer(4) > 0)
        with_parts.push_back(found_row);
    }
  }
  for (const auto& row : with_parts) {
    const auto sound = parts_are_sound(row.first, database_);
    if (!sound) return sound.error();
    if (!*sound) damaged.push_back(row);
  }
  for (const auto& [seq, state] : damaged)
    if (auto status = hold_damaged(seq, state); !status) return status;
  return {};
}

Status SqliteOutbox::hold_damaged(std::int64_t row, State state) {
  base::log::error("SAVE-003 row {}: the bytes are not those that were stored; HELD", row);
  auto noted =
      database_.query("UPDATE app SET failure=?,probe=0 WHERE seq=?").bind(code_of(Failure::save_store_corrupt)).bind(row).run();
  if (!noted || state != State::queued) return noted;
  return move(row, State::queued, State::held);
}

// Goes through all payloads in turn, also those that wait for a human, and remembers how far it came.
Status SqliteOutbox::scrub() {
  return with_ballast(ballast_, [&]() -> Status {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    pending_ = counts_;
    const auto from = database_.number("SELECT scrubbed FROM tally");
    if (!from) return from.error();
    std::int64_t last = 0;
    if (auto status = check_payloads(kAnyPayload, *from, kScrubbedAtOnce, Parts::checked, &last); !status) return status;
    if (last == 0 && *from == 0) return {};  // nothing is stored
    if (auto status = database_.query("UPDATE tally SET scrubbed=?").bind(last).run(); !status) return status;
    if (auto status = transaction->commit(); !status) return status;
    counts_ = pending_;
    return {};
  });
}

Result<QueueCounts> SqliteOutbox::count_rows() {
  QueueCounts counts;
  {
    // Sums, because grouping sorts: a long queue would then take memory, and twice the time.
    auto sums = database_.query("SELECT sum(st=1),sum(st=2),sum(st=3),sum(st=4),sum(st=5),sum(st=6) FROM app NOT INDEXED");
    if (const auto row = sums.step(); !row) return row.error();
    for (int i = 0; i < kStates; ++i) count_of(counts, static_cast<State>(i + 1)) = static_cast<int>(sums.integer(i));
  }
  const auto purged = database_.number("SELECT purged FROM tally");
  if (!purged) return purged.error();
  counts.purged = *purged;
  return counts;
}

Status SqliteOutbox::learn_counts() {
  auto counted = count_rows();
  if (!counted) return counted.error();
  counts_ = *counted;
  return {};
}

Result<std::optional<base::WallTime>> SqliteOutbox::oldest_waiting() {
  auto rows =
      database_.query("SELECT created_utc FROM app WHERE seq>=? AND st IN (1,2) ORDER BY seq LIMIT 1").bind(first_waiting_);
  const auto row = rows.step();
  if (!row) return row.error();
  if (!*row) return std::optional<base::WallTime>();
  return std::optional(wall_time(rows.integer(0)));
}

Status SqliteOutbox::check_at_start(std::int64_t pages_to_read) {
  const auto pages = database_.number("PRAGMA page_count");
  if (!pages) return pages.error();
  if (*pages <= pages_to_read) return self_check();
  const auto rows = check_rows();
  return rows ? Status() : rows.error();
}

Status SqliteOutbox::self_check() {
  const auto rows = check_rows();
  if (!rows) return rows.error();
  const auto kept = count_payloads();
  if (!kept) return kept.error();
  const std::int64_t needed = std::int64_t{rows->queued} + rows->in_flight + rows->rejected + rows->held;
  if (kept->all != needed || kept->wanted != needed) return broken("invariant 3: a payload is missing or was kept");
  return check_parts(kept->parts);
}

// What needs no payload.
Result<QueueCounts> SqliteOutbox::check_rows() {
  // Four trees know how far the numbers have come; a row that vanished from the end of one is missed by the others.
  const auto issued = database_.number(
      "SELECT max(coalesce((SELECT max(seq) FROM app),0),coalesce((SELECT max(seq) FROM payload),0),"
      "coalesce((SELECT max(app) FROM attempt),0),coalesce((SELECT max(app) FROM part),0))");
  if (!issued) return issued.error();
  const auto counted = count_rows();
  if (!counted) return counted.error();
  const QueueCounts& c = *counted;
  const std::int64_t present = std::int64_t{c.queued} + c.in_flight + c.acknowledged + c.rejected + c.held + c.tombstones;
  if (*issued != present + c.purged) return broken("invariant 1: rows have vanished").error();
  if (c.in_flight > 1) return broken("invariant 2: two attempts in flight").error();
  if (!(c == counts_)) return broken("the counts are wrong").error();
  return counted;
}

// All in one pass: payloads fill nearly all of the file, and each pass reads all of it.
Result<SqliteOutbox::KeptPayloads> SqliteOutbox::count_payloads() {
  auto sums = database_.query(
      "SELECT count(*),sum(st IN (1,2,4,5)),sum(CASE WHEN st IN (1,2,4,5) THEN parts END) FROM payload "
      "LEFT JOIN app ON app.seq=payload.seq");
  const auto row = sums.step();
  if (!row) return row.error();
  return KeptPayloads{sums.integer(0), sums.integer(1), sums.integer(2)};
}

Status SqliteOutbox::check_parts(std::int64_t expected) {
  const auto present = database_.number("SELECT count(*) FROM part");
  const auto wanted = database_.number("SELECT count(*) FROM part JOIN app ON app.seq=part.app WHERE st IN (1,2,4,5)");
  const auto strays = database_.number(
      "SELECT count(*) FROM piece WHERE NOT EXISTS(SELECT 1 FROM part WHERE part.app=piece.app AND "
      "part.ordinal=piece.ordinal)");
  for (const auto* number : {&present, &wanted, &strays})
    if (!*number) return number->error();
  if (*present != expected || *wanted != expected || *strays != 0)
    return broken("invariant 7: an attachment is missing or was kept");
  return database_.still_there();
}

// What is held in memory would be taken for what is on the disk.
Status SqliteOutbox::check_pages() {
  database_.forget_pages();
  return offline_cache::check_pages(database_);
}

Status SqliteOutbox::check_indexes() {
  database_.forget_pages();
  return offline_cache::check_pages(database_, kEveryPageAndIndex);
}

// What cannot be measured is full for whoever wants in.
double SqliteOutbox::quota_share(std::int64_t more_bytes) {
  const auto used = pages_used(database_);
  if (!used) return 1.0;
  return static_cast<double>(*used + more_bytes / kPageSize) / static_cast<double>(quota_pages_);
}

double SqliteOutbox::fill() { return ballast_.present() && ballast_.room_beside() ? std::min(quota_share(), 1.0) : 1.0; }

Status SqliteOutbox::tidy(Tidy occasion) {
  if (occasion != Tidy::between_records) {
    const auto used = pages_used(database_);
    if (!used) return used.error();  // nothing is forgotten for a question that failed
    const bool full = static_cast<double>(*used) >= kSoftMark * static_cast<double>(quota_pages_);
    auto status = full ? forget(kKeptWhenFull, 0) : forget(kKeptAcknowledged, kKeptTombstones);
    if (!status) return status;
    (void)ballast_.restore();  // fill() tells when it could not be
  }
  if (occasion == Tidy::hourly)
    if (auto status = scrub(); !status) return status;
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
    LINLI_FAILPOINT("forget-written");
    if (status = transaction->commit(); !status) return status;
    LINLI_FAILPOINT("forget-committed");
    return learn_counts();
  });
}

// The newest row stays whatever it is: the next number is counted from it.
Status SqliteOutbox::delete_tombstones(std::int64_t count) {
  if (count == 0) return {};
#define LINLI_OLDEST "(SELECT seq FROM app WHERE st=6 AND seq<(SELECT max(seq) FROM app) ORDER BY seq LIMIT ?)"
  auto attempts = database_.query("DELETE FROM attempt WHERE app IN " LINLI_OLDEST).bind(count).run();
  if (!attempts) return attempts;
  auto rows = database_.query("DELETE FROM app WHERE seq IN " LINLI_OLDEST).bind(count).run();
#undef LINLI_OLDEST
  if (!rows) return rows;
  return database_.query("UPDATE tally SET purged=purged+?").bind(database_.changes()).run();
}

}  // namespace offline_cache
