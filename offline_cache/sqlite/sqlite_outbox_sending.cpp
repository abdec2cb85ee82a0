// Leases: which row is next, and how an attempt ends.
#include <algorithm>

#include "base/failpoint.h"
#include "base/log.h"
#include "offline_cache/sqlite/columns.h"
#include "offline_cache/sqlite/part_tables.h"
#include "offline_cache/sqlite/sqlite_outbox.h"

namespace offline_cache {
namespace {

using base::Failure;
using base::Result;
using base::Status;

#define LINLI_CANDIDATE                                                                                        \
  "SELECT app.seq,st,sid,started,bytes,app.pt_sha256,app.ct_sha256,chain,parts FROM app LEFT JOIN payload ON " \
  "payload.seq=app.seq WHERE "
constexpr std::string_view kQueuedAfter = LINLI_CANDIDATE "app.seq>? AND app.seq<=? AND st=1 ORDER BY app.seq LIMIT 1";
constexpr std::string_view kProbeAfter = LINLI_CANDIDATE "app.seq>? AND app.seq<=? AND st=5 AND probe=1 ORDER BY app.seq LIMIT 1";
#undef LINLI_CANDIDATE

State state_after(Ending ending) {
  switch (ending) {
    case Ending::acknowledged:
      return State::acknowledged;
    case Ending::rejected:
      return State::rejected;
    case Ending::held:
      return State::held;
    case Ending::try_again:
      break;
  }
  return State::queued;
}

}  // namespace

// Whether an earlier one of this chain has not arrived yet.
Result<bool> SqliteOutbox::somebody_before(std::string_view chain, std::int64_t row) {
  return database_.query("SELECT 1 FROM app WHERE chain=? AND seq<? AND st IN (1,2,5) LIMIT 1").bind_blob(chain).bind(row).step();
}

Result<bool> SqliteOutbox::is_sound(const Candidate& candidate) {
  if (sha256(candidate.lease.envelope) != candidate.lease.digest) return false;
  return candidate.has_parts ? parts_are_sound(candidate.lease.row, database_) : Result<bool>(true);
}

Result<bool> SqliteOutbox::begin(Candidate& candidate) {
  Lease& lease = candidate.lease;
  const auto sound = is_sound(candidate);
  if (!sound) return sound;
  if (!*sound) {
    if (auto status = hold_damaged(lease.row, lease.probe ? State::held : State::queued); !status) return status.error();
    return false;
  }
  if (!candidate.chain.empty()) {
    const auto before = somebody_before(candidate.chain, lease.row);
    if (!before) return before.error();
    if (*before) return false;
  }
  if (candidate.has_parts) {
    auto unsent = list_parts(lease.row, true, database_);
    if (!unsent) return unsent.error();
    lease.parts = *std::move(unsent);
  }
  if (auto status = begin_attempt(lease); !status) return status.error();
  return true;
}

// The first row of `sql` between `after` and `until` that may be sent. Rows whose bytes changed are HELD on the way.
Result<std::optional<Lease>> SqliteOutbox::lease_from(std::string_view sql, std::int64_t after, std::int64_t until) {
  for (;;) {
    Candidate candidate;
    {
      auto row = database_.query(sql).bind(after).bind(until);
      const auto found = row.step();
      if (!found) return found.error();
      if (!*found) return std::optional<Lease>();
      candidate.lease.row = row.integer(0);
      candidate.lease.probe = row.integer(1) == static_cast<std::int64_t>(State::held);
      candidate.lease.id.bytes = array_of<decltype(base::Uuid::bytes)>(row.text(2));
      candidate.lease.attempt = static_cast<int>(row.integer(3)) + 1;
      candidate.lease.envelope = row.text(4);
      candidate.lease.plaintext_digest = array_of<Digest>(row.text(5));
      candidate.lease.digest = array_of<Digest>(row.text(6));
      candidate.chain = row.text(7);
      candidate.has_parts = row.integer(8) > 0;
    }
    const auto begun = begin(candidate);
    if (!begun) return begun.error();
    if (*begun) return std::optional(std::move(candidate.lease));
    after = candidate.lease.row;
  }
}

Result<std::optional<Lease>> SqliteOutbox::lease_first(const base::Uuid& id) {
  const auto row =
      database_.query("SELECT coalesce((SELECT seq FROM app WHERE sid=? AND st=1),0)").bind_blob(blob_of(id.bytes)).number();
  if (!row) return row.error();
  if (*row == 0) return std::optional<Lease>();
  return lease_from(kQueuedAfter, *row - 1, *row);
}

// Inside a transaction.
Result<std::optional<Lease>> SqliteOutbox::lease_next(const Claim& claim) {
  if (claim.probe) return lease_from(kProbeAfter, claim.after_row, INT64_MAX);
  if (pending_.queued == 0) return std::optional<Lease>();
  if (claim.first) {
    auto lease = lease_first(*claim.first);
    if (!lease || *lease) return lease;
  }
  const std::int64_t before_all = first_waiting_ - 1;
  if (claim.after_row > before_all) {
    auto lease = lease_from(kQueuedAfter, claim.after_row, INT64_MAX);
    if (!lease || *lease) return lease;
  }
  const auto oldest = database_.query("SELECT coalesce((SELECT seq FROM app WHERE seq>? AND st=1 ORDER BY seq LIMIT 1),0)")
                          .bind(before_all)
                          .number();
  if (!oldest) return oldest.error();
  if (*oldest == 0 && pending_.queued > 0)
    return base::Error{Failure::save_store_corrupt, "rows are counted as waiting and none is found"};
  if (*oldest == 0) return std::optional<Lease>();
  first_waiting_ = *oldest;
  return lease_from(kQueuedAfter, *oldest - 1, INT64_MAX);
}

Status SqliteOutbox::begin_attempt(const Lease& lease) {
  if (auto status = database_.query("UPDATE app SET st=2,started=started+1 WHERE seq=?").bind(lease.row).run(); !status)
    return status;
  first_waiting_ = std::min(first_waiting_, lease.row);  // of a probe
  --count_of(pending_, lease.probe ? State::held : State::queued);
  ++pending_.in_flight;
  if (auto status = database_.query("INSERT INTO attempt(app,n,boot_id,t0) VALUES(?,?,?,?)")
                        .bind(lease.row)
                        .bind(lease.attempt)
                        .bind(boot_id_)
                        .bind(wall_ms())
                        .run();
      !status)
    return status;
  if (lease.attempt <= kKeptAttempts) return {};
  return database_.query("DELETE FROM attempt WHERE app=? AND n<=?").bind(lease.row).bind(lease.attempt - kKeptAttempts).run();
}

Status SqliteOutbox::end_attempt(const Lease& lease, const Conclusion& conclusion) {
  const State to = state_after(conclusion.ending);
  const bool acknowledged = to == State::acknowledged;
  const auto from = database_.query("SELECT st FROM app WHERE seq=?").bind(lease.row).number();
  if (!from) return from.error();
  // QUEUED is also expected: the outbox may have been opened anew while the answer was under way.
  const auto state = static_cast<State>(*from);
  if (state != State::in_flight && state != State::queued) return base::Error{Failure::internal, "the lease is not in flight"};
  if (state != to)
    if (auto status = move(lease.row, state, to); !status) return status;
  auto status = database_
                    .query(
                        "UPDATE app SET srv_no=nullif(?,''),acked_utc=nullif(?,0),finished=started,last_http=?,last_curl=?,"
                        "failure=nullif(?,''),probe=? WHERE seq=?")
                    .bind(conclusion.number)
                    .bind(acknowledged ? wall_ms() : 0)
                    .bind(conclusion.http)
                    .bind(conclusion.curl)
                    .bind(code_of(conclusion.failure))
                    .bind(to == State::held && conclusion.probe ? 1 : 0)
                    .bind(lease.row)
                    .run();
  if (!status) return status;
  if (acknowledged) {
    if (status = database_.query("DELETE FROM payload WHERE seq=?").bind(lease.row).run(); !status) return status;
    if (status = erase_parts(lease.row, database_); !status) return status;
  } else if (conclusion.parts_again) {
    status = database_.query("UPDATE part SET arrived=0 WHERE app=?").bind(lease.row).run();
    if (!status) return status;
  }
  return database_.query("UPDATE attempt SET t1=?,http=?,curl=?,failure=? WHERE app=? AND n=?")
      .bind(wall_ms())
      .bind(conclusion.http)
      .bind(conclusion.curl)
      .bind(code_of(conclusion.failure))
      .bind(lease.row)
      .bind(lease.attempt)
      .run();
}

// What arrived is progress: a sender that dies after it is not suspected of having died of this record before.
Status SqliteOutbox::part_arrived(const Lease& lease, int ordinal) {
  return with_ballast(ballast_, [&]() -> Status {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    auto status = database_.query("UPDATE part SET arrived=1 WHERE app=? AND ordinal=?").bind(lease.row).bind(ordinal).run();
    if (!status) return status;
    if (database_.changes() != 1) return base::Error{Failure::internal, "there is no such part"};
    status = database_.query("UPDATE app SET finished=started-1 WHERE seq=? AND st=2").bind(lease.row).run();
    return status ? transaction->commit() : status;
  });
}

// One step of offline_cache/state.h, counted.
Status SqliteOutbox::move(std::int64_t row, State from, State to) {
  auto status = database_.query("UPDATE app SET st=? WHERE seq=?").bind(static_cast<std::int64_t>(to)).bind(row).run();
  if (!status) return status;
  --count_of(pending_, from);
  ++count_of(pending_, to);
  if (to == State::queued) first_waiting_ = std::min(first_waiting_, row);
  return {};
}

Result<std::optional<Lease>> SqliteOutbox::claim(const Claim& claim) {
  if (!claim.wanted || counts_.in_flight > 0) return std::optional<Lease>();
  return with_ballast(ballast_, [&, first = first_waiting_]() -> Result<std::optional<Lease>> {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    pending_ = counts_;
    first_waiting_ = first;
    auto lease = lease_next(claim);
    if (!lease) return lease;
    if (auto status = transaction->commit(); !status) return status.error();
    LINLI_FAILPOINT("claim-committed");
    counts_ = pending_;
    return lease;
  });
}

Result<std::optional<Lease>> SqliteOutbox::conclude(const Lease& lease, const Conclusion& conclusion, const Claim& next) {
  return with_ballast(ballast_, [&, first = first_waiting_]() -> Result<std::optional<Lease>> {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    pending_ = counts_;
    first_waiting_ = first;
    if (auto status = end_attempt(lease, conclusion); !status) return status.error();
    Result<std::optional<Lease>> following = std::optional<Lease>();
    if (next.wanted) following = lease_next(next);
    if (!following) return following;
    LINLI_FAILPOINT("conclusion-written");
    if (auto status = transaction->commit(); !status) return status.error();
    LINLI_FAILPOINT("conclusion-committed");
    counts_ = pending_;
    return following;
  });
}

}  // namespace offline_cache
