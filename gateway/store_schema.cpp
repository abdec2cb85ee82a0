#include "gateway/store_schema.h"

namespace gateway {
namespace {

using base::Failure;

// max_page_count: 64 GiB of 4 KiB pages. locking_mode must come before the first access in WAL mode: then the
// wal-index lives in our memory and a second process is told "database is locked".
constexpr const char* kSettings = R"(
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA wal_autocheckpoint = 1000;
  PRAGMA journal_size_limit = 8388608;
  PRAGMA max_page_count = 16777216;
  PRAGMA foreign_keys = ON;
  PRAGMA trusted_schema = OFF;
  PRAGMA cell_size_check = ON;
  PRAGMA secure_delete = ON;
  PRAGMA temp_store = MEMORY;
  PRAGMA mmap_size = 0;
)";

constexpr const char* kSchemaVersion = "3";

// application_id is "LNGW".
constexpr const char* kSchema = R"(
  BEGIN IMMEDIATE;
  CREATE TABLE application(
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE CHECK(length(id) = 36),
    number TEXT NOT NULL UNIQUE,
    terminal TEXT NOT NULL,
    service TEXT NOT NULL,
    service_version INTEGER NOT NULL,
    received TEXT NOT NULL,
    plaintext_sha256 BLOB NOT NULL CHECK(length(plaintext_sha256) = 32),
    envelope_sha256 BLOB NOT NULL CHECK(length(envelope_sha256) = 32),
    envelope BLOB NOT NULL) STRICT;
  CREATE TABLE event(
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    application TEXT NOT NULL REFERENCES application(id),
    state TEXT NOT NULL,
    at TEXT NOT NULL) STRICT;
  CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event BEGIN SELECT raise(ABORT, 'events are only added'); END;
  CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event BEGIN SELECT raise(ABORT, 'events are only added'); END;
  CREATE TRIGGER application_is_never_changed BEFORE UPDATE ON application
    BEGIN SELECT raise(ABORT, 'applications are only added'); END;
  CREATE TABLE last_number(
    only INTEGER PRIMARY KEY CHECK(only = 1),
    year INTEGER NOT NULL,
    count INTEGER NOT NULL) STRICT;
  INSERT INTO last_number VALUES(1, 0, 0);
  CREATE TABLE catalogue(
    version INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 BLOB NOT NULL CHECK(length(sha256) = 32),
    since TEXT NOT NULL) STRICT;
  PRAGMA application_id = 1280198487;
  PRAGMA user_version = 1;
  COMMIT;
)";

// From version 1 to 2: queue numbers, and what terminals report with each heartbeat.
constexpr const char* kTickets = R"(
  BEGIN IMMEDIATE;
  CREATE TABLE ticket_series(
    hall TEXT NOT NULL, series TEXT NOT NULL, day TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    last INTEGER NOT NULL,
    leased INTEGER NOT NULL,
    PRIMARY KEY(hall, series, day)) STRICT, WITHOUT ROWID;
  CREATE TABLE ticket(
    id TEXT PRIMARY KEY CHECK(length(id) = 36),
    hall TEXT NOT NULL, series TEXT NOT NULL, day TEXT NOT NULL,
    label TEXT NOT NULL,
    terminal TEXT NOT NULL,
    issued TEXT NOT NULL,
    called TEXT,
    call_request TEXT UNIQUE,
    UNIQUE(hall, day, label)) STRICT, WITHOUT ROWID;
  CREATE INDEX ticket_waiting ON ticket(hall, series, day, issued, id) WHERE called IS NULL;
  CREATE TABLE ticket_lease(
    request TEXT PRIMARY KEY,
    asked_for TEXT NOT NULL,
    epoch INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    at TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE audit_head(
    terminal TEXT NOT NULL, chain TEXT NOT NULL,
    record INTEGER NOT NULL, hash TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY(terminal, chain)) STRICT, WITHOUT ROWID;
  CREATE TABLE terminal_status(
    terminal TEXT PRIMARY KEY,
    at TEXT NOT NULL, software TEXT NOT NULL, catalogue INTEGER NOT NULL,
    waiting INTEGER NOT NULL, oldest_s INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  PRAGMA user_version = 2;
  COMMIT;
)";

// From version 2 to 3: attachments, which come before their application.
constexpr const char* kParts = R"(
  BEGIN IMMEDIATE;
  CREATE TABLE part(
    application TEXT NOT NULL CHECK(length(application) = 36),
    sha256 BLOB NOT NULL CHECK(length(sha256) = 32),
    part INTEGER NOT NULL,
    received TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY(application, sha256)) STRICT;
  CREATE TRIGGER part_is_never_changed BEFORE UPDATE ON part BEGIN SELECT raise(ABORT, 'parts are only added'); END;
  PRAGMA user_version = 3;
  COMMIT;
)";
constexpr const char* kApplicationId = "1280198487";

base::Status expect(SqliteDatabase& database, std::string_view question, std::string_view answer) {
  const auto found = database.ask(question);
  if (!found) return found.error();
  if (*found == answer) return {};
  return base::Error{Failure::internal, std::string(question) + " answers " + *found};
}

base::Status add_what_is_newer(SqliteDatabase& database, std::string_view version) {
  if (version == "1")
    if (auto added = database.execute(kTickets); !added) return added;
  return database.execute(kParts);
}

base::Status create_or_recognise(SqliteDatabase& database) {
  const auto version = database.ask("PRAGMA user_version");
  if (!version) return version.error();
  const auto objects = database.ask("SELECT count(*) FROM sqlite_schema");
  if (!objects) return objects.error();
  if (*version == "0" && *objects == "0") {
    if (auto created = database.execute(kSchema); !created) return created;
    return add_what_is_newer(database, "1");
  }
  if (auto ours = expect(database, "PRAGMA application_id", kApplicationId); !ours)
    return base::Error{Failure::save_store_corrupt, "this is not a store of the gateway"};
  if (*version == "1" || *version == "2") return add_what_is_newer(database, *version);
  if (*version != kSchemaVersion) return base::Error{Failure::save_store_newer, "the store has version " + *version};
  return {};
}

}  // namespace

base::Status prepare_store(SqliteDatabase& database) {
  if (auto set = database.execute(kSettings); !set) return set;
  // Taken now and kept: a second process fails here, not in the middle of its work.
  if (auto locked = database.execute("BEGIN EXCLUSIVE; COMMIT"); !locked) return locked;
  if (auto ready = create_or_recognise(database); !ready) return ready;
  if (auto wal = expect(database, "PRAGMA journal_mode", "wal"); !wal) return wal;
  return expect(database, "PRAGMA synchronous", "2");
}

}  // namespace gateway
