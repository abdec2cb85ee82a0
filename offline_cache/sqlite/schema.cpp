#include "offline_cache/sqlite/schema.h"

#include <fmt/format.h>

#include "offline_cache/state.h"

namespace offline_cache {
namespace {

using base::Failure;
using base::Status;

// docs/decisions/queue-schema.md says why it looks like this. One table holds every state, so that a transition is an
// UPDATE that fits even a full quota. Rows are small and stand together; their payloads have a tree of their own under
// the same number. There is no index by state: the oldest waiting row is remembered and found by walking on from it.
// `seq` is one more than the highest there is, and the newest row is never deleted, so a number is never given twice.
// `finished` follows `started` when an attempt ends: their difference is the number of sender deaths in a row.
constexpr std::string_view kApplicationTable = R"(
CREATE TABLE app(
  seq INTEGER PRIMARY KEY,
  st INTEGER NOT NULL CHECK(st BETWEEN 1 AND 6),
  sid BLOB NOT NULL UNIQUE CHECK(length(sid)=16),
  receipt INTEGER NOT NULL UNIQUE CHECK(receipt BETWEEN 0 AND 1073741823),
  ver INTEGER NOT NULL, suite INTEGER NOT NULL, kid TEXT NOT NULL,
  ct_sha256 BLOB NOT NULL CHECK(length(ct_sha256)=32),
  pt_sha256 BLOB NOT NULL CHECK(length(pt_sha256)=32),
  created_utc INTEGER NOT NULL, clock_q INTEGER NOT NULL, boot_id TEXT NOT NULL,
  started INTEGER NOT NULL DEFAULT 0, finished INTEGER NOT NULL DEFAULT 0, probe INTEGER NOT NULL DEFAULT 0,
  last_http INTEGER, last_curl INTEGER, failure TEXT, reason TEXT,
  srv_no TEXT, acked_utc INTEGER,
  chain BLOB CHECK(length(chain)=16),
  parts INTEGER NOT NULL DEFAULT 0
) STRICT)";

// The receipt code and the digests stand here too: a payload alone can restore its application (rescue.cpp).
constexpr std::string_view kPayloadTable = R"(
CREATE TABLE payload(
  seq INTEGER PRIMARY KEY,
  receipt INTEGER NOT NULL, created_utc INTEGER NOT NULL, ct_sha256 BLOB NOT NULL, pt_sha256 BLOB NOT NULL,
  bytes BLOB NOT NULL
) STRICT)";

constexpr std::string_view kAttemptTable = R"(
CREATE TABLE IF NOT EXISTS attempt(
  app INTEGER NOT NULL, n INTEGER NOT NULL,
  boot_id TEXT NOT NULL, t0 INTEGER NOT NULL, t1 INTEGER, http INTEGER, curl INTEGER, failure TEXT,
  PRIMARY KEY(app,n)
) STRICT, WITHOUT ROWID)";

// Who waits for whom. A row without a chain, and one that nobody can be waiting for any more, is not in it.
constexpr std::string_view kChainIndex = "CREATE INDEX app_chain ON app(chain,seq) WHERE chain IS NOT NULL AND st IN (1,2,5)";

// How many rows tidy() has deleted, without which conservation could not be checked; and how far the scrub has come.
constexpr std::string_view kTallyTable = R"(
CREATE TABLE tally(one INTEGER PRIMARY KEY CHECK(one=1), purged INTEGER NOT NULL, scrubbed INTEGER NOT NULL DEFAULT 0) STRICT)";

// Attachments. `app.parts` says how many there must be; their bytes lie in pieces, so that none has to be in memory whole.
// These two come last: a queue of schema 2 has every other table at the place it has here (rescue.cpp).
constexpr std::string_view kPartTable = R"(
CREATE TABLE part(
  app INTEGER NOT NULL, ordinal INTEGER NOT NULL,
  size INTEGER NOT NULL, sha256 BLOB NOT NULL CHECK(length(sha256)=32), arrived INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY(app,ordinal)
) STRICT, WITHOUT ROWID)";
constexpr std::string_view kPieceTable = R"(
CREATE TABLE piece(
  app INTEGER NOT NULL, ordinal INTEGER NOT NULL, n INTEGER NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY(app,ordinal,n)
) STRICT, WITHOUT ROWID)";
constexpr std::string_view kPartFrozen = R"(
CREATE TRIGGER part_frozen BEFORE UPDATE OF app,ordinal,size,sha256 ON part
BEGIN SELECT raise(ABORT,'a part never changes'); END)";
constexpr std::string_view kPieceFrozen = R"(
CREATE TRIGGER piece_frozen BEFORE UPDATE ON piece
BEGIN SELECT raise(ABORT,'a part never changes'); END)";
constexpr std::string_view kPartKept = R"(
CREATE TRIGGER part_kept BEFORE DELETE ON part WHEN (SELECT st FROM app WHERE seq=old.app) IN (1,2,4,5)
BEGIN SELECT raise(ABORT,'the office does not have it yet'); END)";
constexpr std::string_view kPieceKept = R"(
CREATE TRIGGER piece_kept BEFORE DELETE ON piece WHEN (SELECT st FROM app WHERE seq=old.app) IN (1,2,4,5)
BEGIN SELECT raise(ABORT,'the office does not have it yet'); END)";

constexpr std::string_view kFrozen = R"(
CREATE TRIGGER app_frozen BEFORE UPDATE OF seq,sid,receipt,ver,suite,kid,ct_sha256,pt_sha256,created_utc,chain,parts ON app
BEGIN SELECT raise(ABORT,'an application never changes'); END)";
constexpr std::string_view kKept = R"(
CREATE TRIGGER app_kept BEFORE DELETE ON app WHEN old.st<>6
BEGIN SELECT raise(ABORT,'only a tombstone may go'); END)";
constexpr std::string_view kPayloadFrozen = R"(
CREATE TRIGGER payload_frozen BEFORE UPDATE ON payload
BEGIN SELECT raise(ABORT,'a payload never changes'); END)";
constexpr std::string_view kPayloadKept = R"(
CREATE TRIGGER payload_kept BEFORE DELETE ON payload WHEN (SELECT st FROM app WHERE seq=old.seq) IN (1,2,4,5)
BEGIN SELECT raise(ABORT,'the office does not have it yet'); END)";

Status run_all(Database& database, std::initializer_list<std::string_view> statements) {
  for (const auto sql : statements)
    if (auto status = database.run(sql); !status) return status;
  return {};
}

std::string version_pragma() { return fmt::format("PRAGMA user_version={}", kSchemaVersion); }

// offline_cache/state.h, as SQL.
std::string legal_trigger() {
  std::string pairs;
  for (const auto& way : transitions())
    pairs += fmt::format("{}{}", pairs.empty() ? "" : ",", static_cast<int>(way.from) * 10 + static_cast<int>(way.to));
  return fmt::format(
      "CREATE TRIGGER app_legal BEFORE UPDATE OF st ON app WHEN old.st*10+new.st NOT IN ({}) "
      "BEGIN SELECT raise(ABORT,'there is no such way between states'); END",
      pairs);
}

}  // namespace

base::Result<SchemaState> inspect_schema(Database& database) {
  const auto application = database.number("PRAGMA application_id");
  if (!application) return application.error();
  const auto version = database.number("PRAGMA user_version");
  if (!version) return version.error();
  const auto objects = database.number("SELECT count(*) FROM sqlite_schema");
  if (!objects) return objects.error();
  if (*application == 0 && *version == 0 && *objects == 0) return SchemaState::empty;
  if (*application != kApplicationId) return base::Error{Failure::save_store_corrupt, "the file is not a queue"};
  if (*version > kSchemaVersion)
    return base::Error{Failure::save_store_newer, fmt::format("schema {} (this version knows {})", *version, kSchemaVersion)};
  if (*version < 1) return base::Error{Failure::save_store_corrupt, "the schema has no version"};
  return *version < kSchemaVersion ? SchemaState::old : SchemaState::current;
}

Status create_tables(Database& database) {
  const std::string application_id = fmt::format("PRAGMA application_id={}", kApplicationId);
  return run_all(database, {kApplicationTable, kPayloadTable, kAttemptTable, kChainIndex, kTallyTable, kPartTable, kPieceTable,
                            kFrozen, kKept, kPayloadFrozen, kPayloadKept, kPartFrozen, kPieceFrozen, kPartKept, kPieceKept,
                            legal_trigger(), "INSERT INTO tally(one,purged) VALUES(1,0)", application_id, version_pragma()});
}

Status add_part_tables(Database& database) {
  return run_all(database, {"ALTER TABLE app ADD COLUMN parts INTEGER NOT NULL DEFAULT 0", kPartTable, kPieceTable, kPartFrozen,
                            kPieceFrozen, kPartKept, kPieceKept, "DROP TRIGGER app_frozen", kFrozen, version_pragma()});
}

Status create_schema(Database& database) {
  auto transaction = Transaction::begin(database);
  if (!transaction) return transaction.error();
  if (auto status = create_tables(database); !status) return status;
  return transaction->commit();
}

}  // namespace offline_cache
