// Accepting and finding; the other parts of the class are in sqlite_outbox_*.cpp.
#include "offline_cache/sqlite/sqlite_outbox.h"

#include <algorithm>
#include <iterator>

#include "base/failpoint.h"
#include "offline_cache/receipt_code.h"
#include "offline_cache/sqlite/columns.h"
#include "offline_cache/sqlite/part_tables.h"
#include "offline_cache/sqlite/stored_row.h"

namespace offline_cache {
namespace {

using base::Failure;
using base::Result;

constexpr std::string_view kStoredById = "SELECT sid,st,receipt,created_utc,srv_no FROM app WHERE sid=?";
constexpr std::string_view kStoredByReceipt = "SELECT sid,st,receipt,created_utc,srv_no FROM app WHERE receipt=?";
constexpr std::string_view kStoredOfChain =
    "SELECT sid,st,receipt,created_utc,srv_no FROM app WHERE chain=? AND st IN (1,2,5) ORDER BY seq LIMIT ?";

Stored stored_at(const Statement& row) {
  Stored stored;
  stored.id.bytes = array_of<decltype(stored.id.bytes)>(row.text(0));
  stored.state = static_cast<State>(row.integer(1));
  stored.receipt_code = receipt_code(static_cast<std::uint32_t>(row.integer(2)));
  stored.created = wall_time(row.integer(3));
  stored.number = row.text(4);
  return stored;
}

std::int64_t bytes_of_parts(const Envelope& envelope) {
  std::int64_t bytes = 0;
  for (const auto& part : envelope.parts) bytes += std::ssize(part.bytes);
  return bytes;
}

bool is_same(const std::vector<Part>& stored, const std::vector<SealedPart>& given) {
  return std::ranges::equal(stored, given, [](const Part& a, const SealedPart& b) { return a.digest == b.digest; });
}

Result<std::optional<Stored>> stored_from(Statement row) {
  const auto found = row.step();
  if (!found) return found.error();
  return *found ? std::optional(stored_at(row)) : std::optional<Stored>();
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

Result<std::uint32_t> SqliteOutbox::unused_receipt_number() {
  for (int i = 0; i < kReceiptCodesTried; ++i) {
    const std::uint32_t number = draw_receipt_number(random_);
    const auto taken = database_.query("SELECT 1 FROM app WHERE receipt=?").bind(std::int64_t{number}).step();
    if (!taken) return taken.error();
    if (!*taken) return number;
  }
  return base::Error{Failure::internal, "no unused receipt code was drawn"};
}

Result<std::int64_t> SqliteOutbox::insert_row(const Envelope& envelope, std::uint32_t receipt, bool lease_it) {
  auto statement =
      database_
          .query(
              "INSERT INTO app(sid,receipt,st,ver,suite,kid,ct_sha256,pt_sha256,created_utc,clock_q,boot_id,started,parts,"
              "chain) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?) RETURNING seq")
          .bind_blob(blob_of(envelope.id.bytes))
          .bind(std::int64_t{receipt})
          .bind(static_cast<std::int64_t>(lease_it ? State::in_flight : State::queued))
          .bind(envelope.version)
          .bind(envelope.suite)
          .bind(envelope.key_id)
          .bind_blob(blob_of(envelope.digest))
          .bind_blob(blob_of(envelope.plaintext_digest))
          .bind(milliseconds(envelope.created))
          .bind(envelope.clock_synchronised ? 1 : 0)
          .bind(boot_id_)
          .bind(lease_it ? 1 : 0)
          .bind(std::ssize(envelope.parts));
  auto row = envelope.chain ? std::move(statement).bind_blob(blob_of(*envelope.chain)) : std::move(statement).bind_null();
  const auto seq = row.number();
  if (!seq) return seq;
  const auto kept = write_payload(*seq, receipt, milliseconds(envelope.created), envelope.digest, envelope.plaintext_digest,
                                  envelope.bytes, database_);
  if (!kept) return kept.error();
  if (auto parts = write_parts(*seq, envelope.parts, database_); !parts) return parts.error();
  return seq;
}

// True when the row is new. `lease_it` becomes false when another of its chain comes first.
Result<bool> SqliteOutbox::insert(const Envelope& envelope, bool& lease_it) {
  auto transaction = Transaction::begin(database_);
  if (!transaction) return transaction.error();
  const auto present = database_.query("SELECT 1 FROM app WHERE sid=?").bind_blob(blob_of(envelope.id.bytes)).step();
  if (!present) return present.error();
  if (*present) return false;
  if (quota_share(bytes_of_parts(envelope)) >= 1.0)
    return base::Error{Failure::save_disk_full, "the quota for new applications is used up"};
  if (lease_it && envelope.chain) {
    const auto before = somebody_before(blob_of(*envelope.chain), INT64_MAX);
    if (!before) return before.error();
    lease_it = !*before;
  }
  const auto receipt = unused_receipt_number();
  if (!receipt) return receipt.error();
  const auto row = insert_row(envelope, *receipt, lease_it);
  if (!row) return row.error();
  if (lease_it) {
    auto attempt =
        database_.query("INSERT INTO attempt(app,n,boot_id,t0) VALUES(?,1,?,?)").bind(*row).bind(boot_id_).bind(wall_ms()).run();
    if (!attempt) return attempt.error();
  }
  LINLI_FAILPOINT("accept-written");
  if (auto committed = transaction->commit(); !committed) return committed.error();
  if (auto there = database_.still_there(); !there) return there.error();
  LINLI_FAILPOINT("accept-committed");
  return true;
}

Result<Stored> SqliteOutbox::read_back(const Envelope& envelope, bool leased) {
  auto row = database_
                 .query(
                     "SELECT sid,st,app.receipt,app.created_utc,srv_no,app.ct_sha256,app.seq,bytes FROM app JOIN payload ON "
                     "payload.seq=app.seq WHERE sid=?")
                 .bind_blob(blob_of(envelope.id.bytes));
  const auto read = row.step();
  if (!read) return read.error();
  if (!*read) return base::Error{Failure::save_io_error, "the row is absent after its commit"};
  if (row.view(5) != blob_of(envelope.digest) || row.view(7) != envelope.bytes)
    return base::Error{Failure::save_io_error, "the row reads back differently"};
  Stored stored = stored_at(row);
  const std::int64_t seq = row.integer(6);
  auto parts = list_parts(seq, false, database_);
  const auto sound = envelope.parts.empty() ? Result<bool>(true) : parts_are_sound(seq, database_);
  if (!parts || !sound) return parts ? sound.error() : parts.error();
  if (!*sound || !is_same(*parts, envelope.parts))
    return base::Error{Failure::save_io_error, "an attachment reads back differently"};
  if (leased)
    stored.lease =
        Lease{seq, envelope.id, 1, envelope.bytes, envelope.plaintext_digest, envelope.digest, false, *std::move(parts)};
  return stored;
}

Result<Stored> SqliteOutbox::enqueue(const Envelope& envelope, bool lease_it) {
  LINLI_FAILPOINT("accept-begins");
  bool lease = lease_it && counts_.in_flight == 0;
  const auto inserted = insert(envelope, lease);
  if (!inserted) return inserted.error();
  if (*inserted) {
    ++(lease ? counts_.in_flight : counts_.queued);
    return read_back(envelope, lease);
  }
  auto stored = find(envelope.id);
  if (!stored) return stored.error();
  if (!*stored) return base::Error{Failure::save_io_error, "a row that was there is absent"};
  return **std::move(stored);
}

Result<std::optional<Stored>> SqliteOutbox::find(const base::Uuid& id) {
  return stored_from(database_.query(kStoredById).bind_blob(blob_of(id.bytes)));
}

Result<std::optional<Stored>> SqliteOutbox::find_receipt(std::string_view code) {
  const auto number = parse_receipt_code(code);
  if (!number) return std::optional<Stored>();
  return stored_from(database_.query(kStoredByReceipt).bind(std::int64_t{*number}));
}

Result<std::vector<Stored>> SqliteOutbox::waiting_of(const Chain& chain) {
  auto row = database_.query(kStoredOfChain).bind_blob(blob_of(chain)).bind(kMostOfAChain);
  std::vector<Stored> waiting;
  for (;;) {
    const auto found = row.step();
    if (!found) return found.error();
    if (!*found) return waiting;
    waiting.push_back(stored_at(row));
  }
}

}  // namespace offline_cache
