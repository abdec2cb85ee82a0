#include "offline_cache/sqlite/sqlite_outbox.h"

#include <algorithm>

#include "base/log.h"
#include "offline_cache/receipt_code.h"

namespace offline_cache {
namespace {

using base::Failure;
using base::Result;
using base::Status;

std::string_view bytes_of(const Digest& digest) { return {reinterpret_cast<const char*>(digest.data()), digest.size()}; }

Digest digest_of(std::string_view bytes) {
  Digest digest{};
  if (bytes.size() == digest.size()) std::ranges::copy(bytes, reinterpret_cast<char*>(digest.data()));
  return digest;
}

std::int64_t milliseconds(base::WallTime at) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
}

base::WallTime wall_time(std::int64_t ms) { return base::WallTime{std::chrono::milliseconds(ms)}; }

// Columns of every statement that yields a lease.
constexpr std::string_view kLeaseById = "SELECT seq,sid,started,envelope,pt_sha256,ct_sha256 FROM app WHERE sid=? AND st=1";
constexpr std::string_view kLeaseAfter =
    "SELECT seq,sid,started,envelope,pt_sha256,ct_sha256 FROM app WHERE st=1 AND seq>? ORDER BY seq LIMIT 1";

std::string_view code_of(const std::optional<Failure>& failure) {
  return failure ? base::entry(*failure).code : std::string_view();
}

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

int& count_of(QueueCounts& counts, State state) {
  switch (state) {
    case State::in_flight:
      return counts.in_flight;
    case State::acknowledged:
      return counts.acknowledged;
    case State::rejected:
      return counts.rejected;
    case State::held:
      return counts.held;
    case State::tombstone:
      return counts.tombstones;
    case State::queued:
      break;
  }
  return counts.queued;
}

SqliteOutbox::SqliteOutbox(FolderLock lock, Database database, Ballast ballast, std::int64_t quota_pages, std::string boot_id,
                           const base::Clock& clock, base::Random& random)
    : lock_(std::move(lock)),
      database_(std::move(database)),
      ballast_(std::move(ballast)),
      quota_pages_(quota_pages),
      boot_id_(std::move(boot_id)),
      clock_(clock),
      random_(random) {}

std::int64_t SqliteOutbox::wall_ms() const { return milliseconds(clock_.wall()); }

Result<std::string> SqliteOutbox::unused_receipt_code() {
  for (int i = 0; i < kReceiptCodesTried; ++i) {
    std::string code = make_receipt_code(random_);
    const auto taken = database_.query("SELECT 1 FROM app WHERE receipt=?").bind(code).step();
    if (!taken) return taken.error();
    if (!*taken) return code;
  }
  return base::Error{Failure::internal, "no unused receipt code was drawn"};
}

Result<std::int64_t> SqliteOutbox::insert_row(const Envelope& envelope, std::string_view receipt_code, bool lease_it) {
  return database_
      .query(
          "INSERT INTO app(sid,receipt,st,ver,suite,kid,envelope,ct_sha256,pt_sha256,created_utc,clock_q,boot_id,"
          "started) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?) RETURNING seq")
      .bind(envelope.id.text())
      .bind(receipt_code)
      .bind(static_cast<std::int64_t>(lease_it ? State::in_flight : State::queued))
      .bind(envelope.version)
      .bind(envelope.suite)
      .bind(envelope.key_id)
      .bind_blob(envelope.bytes)
      .bind_blob(bytes_of(envelope.digest))
      .bind_blob(bytes_of(envelope.plaintext_digest))
      .bind(milliseconds(envelope.created))
      .bind(envelope.clock_synchronised ? 1 : 0)
      .bind(boot_id_)
      .bind(lease_it ? 1 : 0)
      .number();
}

// True when the row is new. SELECT first: a conflicting INSERT would leave a gap in the sequence that conservation hangs on.
Result<bool> SqliteOutbox::insert(const Envelope& envelope, bool lease_it) {
  auto transaction = Transaction::begin(database_);
  if (!transaction) return transaction.error();
  const std::string id = envelope.id.text();
  const auto present = database_.query("SELECT 1 FROM app WHERE sid=?").bind(id).step();
  if (!present) return present.error();
  if (*present) return false;
  if (quota_share() >= 1.0) return base::Error{Failure::save_disk_full, "the quota for new applications is used up"};
  const auto code = unused_receipt_code();
  if (!code) return code.error();
  const auto row = insert_row(envelope, *code, lease_it);
  if (!row) return row.error();
  if (lease_it) {
    auto attempt =
        database_.query("INSERT INTO attempt(app,n,boot_id,t0) VALUES(?,1,?,?)").bind(*row).bind(boot_id_).bind(wall_ms()).run();
    if (!attempt) return attempt.error();
  }
  if (auto committed = transaction->commit(); !committed) return committed.error();
  return true;
}

Result<Stored> SqliteOutbox::enqueue(const Envelope& envelope, bool lease_it) {
  const bool may_lease = lease_it && counts_.in_flight == 0;
  const auto inserted = insert(envelope, may_lease);
  if (!inserted) return inserted.error();
  if (*inserted) ++(may_lease ? counts_.in_flight : counts_.queued);
  auto stored = find(envelope.id);
  if (!stored) return stored.error();
  if (!*stored) return base::Error{Failure::save_io_error, "the row is absent after its commit"};
  if (!*inserted) return **std::move(stored);

  auto row = database_.query("SELECT seq,envelope,ct_sha256 FROM app WHERE sid=?").bind(envelope.id.text());
  const auto read = row.step();
  if (!read) return read.error();
  if (!*read || row.text(1) != envelope.bytes || row.text(2) != bytes_of(envelope.digest))
    return base::Error{Failure::save_io_error, "the row reads back differently"};
  if (may_lease)
    (*stored)->lease = Lease{row.integer(0), envelope.id, 1, envelope.bytes, envelope.plaintext_digest, envelope.digest};
  return **std::move(stored);
}

namespace {

constexpr std::string_view kStoredById = "SELECT sid,st,receipt,created_utc,srv_no FROM app WHERE sid=?";
constexpr std::string_view kStoredByReceipt = "SELECT sid,st,receipt,created_utc,srv_no FROM app WHERE receipt=?";

Result<std::optional<Stored>> stored_from(Statement row) {
  const auto found = row.step();
  if (!found) return found.error();
  if (!*found) return std::optional<Stored>();
  const auto id = base::Uuid::parse(row.text(0));
  if (!id) return base::Error{Failure::save_store_corrupt, "a row has no id"};
  Stored stored;
  stored.id = *id;
  stored.state = static_cast<State>(row.integer(1));
  stored.receipt_code = row.text(2);
  stored.created = wall_time(row.integer(3));
  stored.number = row.text(4);
  return std::optional(std::move(stored));
}

}  // namespace

Result<std::optional<Stored>> SqliteOutbox::find(const base::Uuid& id) {
  return stored_from(database_.query(kStoredById).bind(id.text()));
}

Result<std::optional<Stored>> SqliteOutbox::find_receipt(std::string_view code) {
  return stored_from(database_.query(kStoredByReceipt).bind(code));
}

Result<std::optional<Lease>> SqliteOutbox::pick(Statement found) {
  const auto row = found.step();
  if (!row) return row.error();
  if (!*row) return std::optional<Lease>();
  const auto id = base::Uuid::parse(found.text(1));
  Lease lease;
  lease.row = found.integer(0);
  lease.attempt = static_cast<int>(found.integer(2)) + 1;
  lease.envelope = found.text(3);
  lease.plaintext_digest = digest_of(found.text(4));
  lease.digest = digest_of(found.text(5));
  if (id)
    lease.id = *id;
  else
    lease.envelope.clear();  // then its digest cannot fit either
  return std::optional(std::move(lease));
}

// Inside a transaction. Rows whose bytes changed are HELD on the way and never sent.
Result<std::optional<Lease>> SqliteOutbox::lease_next(const Claim& claim) {
  bool try_first = claim.first.has_value();
  std::int64_t after = claim.after_row;
  for (;;) {
    auto lease =
        try_first ? pick(database_.query(kLeaseById).bind(claim.first->text())) : pick(database_.query(kLeaseAfter).bind(after));
    if (!lease) return lease.error();
    if (!*lease) {
      if (!try_first && after == 0) return std::optional<Lease>();
      if (!try_first) after = 0;
      try_first = false;
      continue;
    }
    if (sha256((*lease)->envelope) == (*lease)->digest) {
      if (auto status = begin_attempt(**lease); !status) return status.error();
      --pending_.queued;
      ++pending_.in_flight;
      return lease;
    }
    if (auto status = hold_damaged((*lease)->row); !status) return status.error();
  }
}

Status SqliteOutbox::begin_attempt(const Lease& lease) {
  if (auto status = database_.query("UPDATE app SET st=2,started=started+1 WHERE seq=?").bind(lease.row).run(); !status)
    return status;
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

Status SqliteOutbox::hold_damaged(std::int64_t row) {
  base::log::error("SAVE-003 row {}: the bytes are not those that were stored; HELD", row);
  --pending_.queued;
  ++pending_.held;
  return database_.query("UPDATE app SET st=5,failure=? WHERE seq=?").bind(code_of(Failure::save_store_corrupt)).bind(row).run();
}

Status SqliteOutbox::end_attempt(const Lease& lease, const Conclusion& conclusion) {
  const bool acknowledged = conclusion.ending == Ending::acknowledged;
  // QUEUED is also expected: the outbox may have been opened anew while the answer was under way.
  auto status = (acknowledged ? database_
                                    .query("UPDATE app SET st=3,envelope=NULL,srv_no=?,acked_utc=?,finished=started,"
                                           "last_http=?,last_curl=?,failure=NULL WHERE seq=? AND st IN (1,2)")
                                    .bind(conclusion.number)
                                    .bind(wall_ms())
                              : database_
                                    .query("UPDATE app SET st=?,failure=?,finished=started,"
                                           "last_http=?,last_curl=? WHERE seq=? AND st IN (1,2)")
                                    .bind(static_cast<std::int64_t>(state_after(conclusion.ending)))
                                    .bind(code_of(conclusion.failure)))
                    .bind(conclusion.http)
                    .bind(conclusion.curl)
                    .bind(lease.row)
                    .run();
  if (!status) return status;
  if (database_.changes() != 1) return base::Error{Failure::internal, "the lease is not in flight"};
  --(pending_.in_flight > 0 ? pending_.in_flight : pending_.queued);
  ++count_of(pending_, state_after(conclusion.ending));
  return database_.query("UPDATE attempt SET t1=?,http=?,curl=?,failure=? WHERE app=? AND n=?")
      .bind(wall_ms())
      .bind(conclusion.http)
      .bind(conclusion.curl)
      .bind(code_of(conclusion.failure))
      .bind(lease.row)
      .bind(lease.attempt)
      .run();
}

Result<std::optional<Lease>> SqliteOutbox::claim(const Claim& claim) {
  if (!claim.wanted || counts_.in_flight > 0) return std::optional<Lease>();
  return with_ballast(ballast_, [&]() -> Result<std::optional<Lease>> {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    pending_ = counts_;
    auto lease = lease_next(claim);
    if (!lease) return lease;
    if (auto status = transaction->commit(); !status) return status.error();
    counts_ = pending_;
    return lease;
  });
}

Result<std::optional<Lease>> SqliteOutbox::conclude(const Lease& lease, const Conclusion& conclusion, const Claim& next) {
  return with_ballast(ballast_, [&]() -> Result<std::optional<Lease>> {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    pending_ = counts_;
    if (auto status = end_attempt(lease, conclusion); !status) return status.error();
    Result<std::optional<Lease>> following = std::optional<Lease>();
    if (next.wanted) following = lease_next(next);
    if (!following) return following;
    if (auto status = transaction->commit(); !status) return status.error();
    counts_ = pending_;
    return following;
  });
}

}  // namespace offline_cache
