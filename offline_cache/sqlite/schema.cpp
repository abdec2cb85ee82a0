#include "offline_cache/sqlite/schema.h"

#include <fmt/format.h>

namespace offline_cache {
namespace {

using base::Failure;

// st: the states of offline_cache/outbox.h. One table holds them all, so that a transition is an UPDATE that fits even a
// full quota. `finished` follows `started` when an attempt ends: their difference is the number of sender deaths in a
// row. `chain`, `next_hint`, `srv_sig`, `print_st` and `reclaim_mac` belong to steps that are not taken yet; they stand
// here so that those steps need no migration of a populated queue.
constexpr std::string_view kApplicationTable = R"(
CREATE TABLE app(
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  sid TEXT NOT NULL UNIQUE CHECK(length(sid)=36),
  receipt TEXT NOT NULL UNIQUE,
  st INTEGER NOT NULL CHECK(st BETWEEN 1 AND 6),
  chain TEXT,
  ver INTEGER NOT NULL, suite INTEGER NOT NULL, kid TEXT NOT NULL,
  envelope BLOB,
  ct_sha256 BLOB NOT NULL CHECK(length(ct_sha256)=32),
  pt_sha256 BLOB NOT NULL CHECK(length(pt_sha256)=32),
  created_utc INTEGER NOT NULL, clock_q INTEGER NOT NULL, boot_id TEXT NOT NULL, next_hint INTEGER,
  started INTEGER NOT NULL DEFAULT 0, finished INTEGER NOT NULL DEFAULT 0,
  last_http INTEGER, last_curl INTEGER, failure TEXT,
  srv_no TEXT, srv_sig BLOB, acked_utc INTEGER,
  print_st INTEGER NOT NULL DEFAULT 0, reclaim_mac BLOB,
  CHECK((st IN (1,2,4,5)) = (envelope IS NOT NULL))
) STRICT)";

// One tree instead of a table and its UNIQUE index: one page less in every commit.
constexpr std::string_view kAttemptTable = R"(
CREATE TABLE attempt(
  app INTEGER NOT NULL, n INTEGER NOT NULL,
  boot_id TEXT NOT NULL, t0 INTEGER NOT NULL, t1 INTEGER, http INTEGER, curl INTEGER, failure TEXT,
  PRIMARY KEY(app,n)
) STRICT, WITHOUT ROWID)";

constexpr std::string_view kStateIndex = "CREATE INDEX app_state ON app(st)";

// How many rows tidy() has deleted; without it conservation could not be checked.
constexpr std::string_view kTallyTable = R"(
CREATE TABLE tally(one INTEGER PRIMARY KEY CHECK(one=1), purged INTEGER NOT NULL) STRICT)";

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
  if (*version != kSchemaVersion) return base::Error{Failure::save_store_corrupt, "the schema has no version"};
  return SchemaState::current;
}

base::Status create_schema(Database& database) {
  auto transaction = Transaction::begin(database);
  if (!transaction) return transaction.error();
  const std::string application_id = fmt::format("PRAGMA application_id={}", kApplicationId);
  const std::string version = fmt::format("PRAGMA user_version={}", kSchemaVersion);
  for (const std::string_view sql :
       {kApplicationTable, kAttemptTable, kStateIndex, kTallyTable, std::string_view("INSERT INTO tally VALUES(1,0)"),
        std::string_view(application_id), std::string_view(version)})
    if (auto status = database.run(sql); !status) return status;
  return transaction->commit();
}

}  // namespace offline_cache
