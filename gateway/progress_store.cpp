#include "gateway/progress_store.h"

#include "gateway/timestamp.h"

namespace gateway {
namespace {

using base::Failure;

// Another process may be writing: waited for, and far shorter than a terminal's patience.
constexpr const char* kProgressSettings = R"(
  PRAGMA busy_timeout = 2000;
  PRAGMA journal_mode = WAL;
  PRAGMA wal_autocheckpoint = 1000;
  PRAGMA journal_size_limit = 8388608;
  PRAGMA foreign_keys = ON;
  PRAGMA trusted_schema = OFF;
  PRAGMA cell_size_check = ON;
  PRAGMA mmap_size = 0;
)";

// application_id is "LNGP".
constexpr const char* kProgressSchema = R"(
  BEGIN IMMEDIATE;
  CREATE TABLE application(
    id TEXT PRIMARY KEY CHECK(length(id) = 36),
    number TEXT NOT NULL UNIQUE,
    service TEXT NOT NULL,
    received TEXT NOT NULL,
    applicant BLOB CHECK(applicant IS NULL OR length(applicant) = 32)) STRICT, WITHOUT ROWID;
  CREATE INDEX application_of ON application(applicant, received) WHERE applicant IS NOT NULL;
  CREATE TABLE event(
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    application TEXT NOT NULL REFERENCES application(id),
    state TEXT NOT NULL,
    at TEXT NOT NULL) STRICT;
  CREATE INDEX event_of ON event(application, seq);
  CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event BEGIN SELECT raise(ABORT, 'events are only added'); END;
  CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event BEGIN SELECT raise(ABORT, 'events are only added'); END;
  PRAGMA application_id = 1280198480;
  PRAGMA user_version = 1;
  COMMIT;
)";

#define LINLI_PROGRESS                                                                                            \
  "SELECT id, number, service, received, "                                                                        \
  "coalesce((SELECT state FROM event WHERE application = id ORDER BY seq DESC LIMIT 1), 'received'), "            \
  "coalesce((SELECT at FROM event WHERE application = id ORDER BY seq DESC LIMIT 1), received) FROM application " \
  "WHERE "
constexpr std::string_view kOfApplicant = LINLI_PROGRESS "applicant = ?1 ORDER BY received DESC, number DESC LIMIT ?2";
constexpr std::string_view kOfApplication = LINLI_PROGRESS "id = ?2 AND (applicant IS NULL OR applicant = ?1)";
#undef LINLI_PROGRESS

base::Status expect_ours(SqliteDatabase& database, SqliteDatabase::Missing missing) {
  const auto version = database.ask("PRAGMA user_version");
  if (!version) return version.error();
  const auto objects = database.ask("SELECT count(*) FROM sqlite_schema");
  if (!objects) return objects.error();
  if (*version == "0" && *objects == "0" && missing == SqliteDatabase::Missing::create) return database.execute(kProgressSchema);
  const auto ours = database.ask("PRAGMA application_id");
  if (!ours) return ours.error();
  if (*ours != "1280198480") return base::Error{Failure::save_store_corrupt, "this is not a store of the gateway"};
  if (*version != "1") return base::Error{Failure::save_store_newer, "the store has version " + *version};
  return {};
}

base::Result<std::vector<Progress>> progress_in(Statement& rows) {
  std::vector<Progress> all;
  for (;;) {
    const auto row = rows.step();
    if (!row) return row.error();
    if (!*row) return all;
    all.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5)});
  }
}

}  // namespace

base::Result<ProgressStore> ProgressStore::open(const std::filesystem::path& file, Writer writer) {
  const auto missing = writer == Writer::server ? SqliteDatabase::Missing::create : SqliteDatabase::Missing::fail;
  auto database = SqliteDatabase::open(file, missing);
  if (!database) return database.error();
  if (auto set = database->execute(kProgressSettings); !set) return set.error();
  const char* durable = writer == Writer::server ? "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL";
  if (auto set = database->execute(durable); !set) return set.error();
  if (auto ours = expect_ours(*database, missing); !ours) return ours.error();
  return ProgressStore(*std::move(database));
}

base::Status ProgressStore::learn(const KnownApplication& application) {
  auto insert = database_.prepare(
      "INSERT INTO application(id, number, service, received, applicant) VALUES(?, ?, ?, ?, ?) ON CONFLICT(id) DO NOTHING");
  if (!insert) return insert.error();
  insert->bind(1, application.id).bind(2, application.number).bind(3, application.service).bind(4, application.received);
  if (application.applicant) insert->bind_blob(5, *application.applicant);
  return insert->run();
}

base::Result<bool> ProgressStore::knows(std::string_view id) {
  auto asked = database_.prepare("SELECT 1 FROM application WHERE id = ?");
  if (!asked) return asked.error();
  return asked->bind(1, id).step();
}

base::Result<std::vector<Progress>> ProgressStore::of_applicant(const Digest& applicant) {
  auto rows = database_.prepare(kOfApplicant);
  if (!rows) return rows.error();
  return progress_in(rows->bind_blob(1, applicant).bind(2, std::int64_t{kMostTold}));
}

base::Result<std::vector<Progress>> ProgressStore::of_application(std::string_view id, const Digest& applicant) {
  auto rows = database_.prepare(kOfApplication);
  if (!rows) return rows.error();
  return progress_in(rows->bind_blob(1, applicant).bind(2, id));
}

base::Result<bool> ProgressStore::set(std::string_view number, std::string_view state, base::WallTime now) {
  auto transaction = Transaction::begin(database_);
  if (!transaction) return transaction.error();
  auto insert = database_.prepare(
      "INSERT INTO event(application, state, at) SELECT id, ?2, ?3 FROM application WHERE number = ?1 RETURNING seq");
  if (!insert) return insert.error();
  const std::string at = to_timestamp(now);
  const auto added = insert->bind(1, number).bind(2, state).bind(3, at).step();
  if (!added) return added.error();
  const bool known = *added;
  insert->reset();
  if (auto committed = transaction->commit(); !committed) return committed.error();
  return known;
}

base::Result<std::vector<ProgressEvent>> ProgressStore::history(std::string_view number) {
  auto rows = database_.prepare(
      "SELECT 'received', received, 0 AS place FROM application WHERE number = ?1 UNION ALL "
      "SELECT state, at, seq FROM event WHERE application = (SELECT id FROM application WHERE number = ?1) ORDER BY place");
  if (!rows) return rows.error();
  rows->bind(1, number);
  std::vector<ProgressEvent> all;
  for (;;) {
    const auto row = rows->step();
    if (!row) return row.error();
    if (!*row) return all;
    all.push_back({rows->text(0), rows->text(1)});
  }
}

}  // namespace gateway
