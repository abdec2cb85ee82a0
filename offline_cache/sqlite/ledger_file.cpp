#include "offline_cache/sqlite/ledger_file.h"

#include <fmt/format.h>

#include "base/files.h"

namespace offline_cache {
namespace {

namespace fs = std::filesystem;
using base::Failure;

constexpr std::int64_t kMostPages = 16'384;                // 64 MiB
constexpr std::int64_t kLedgerApplicationId = 1280199755;  // "LNTK"
constexpr int kMostSetAside = 100;

// `state`: the day that numbers count on, whether a synchronised clock said so, the day whose counts it carries on, and when
// the last number was given by either clock.
constexpr std::string_view kSchema[] = {
    "CREATE TABLE ticket(seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE CHECK(length(id)=36), series TEXT NOT NULL, "
    "day TEXT NOT NULL, label TEXT NOT NULL, source INTEGER NOT NULL, issued_ms INTEGER NOT NULL, clock_q INTEGER NOT NULL, "
    "reported INTEGER NOT NULL, UNIQUE(day,label)) STRICT",
    "CREATE INDEX ticket_unreported ON ticket(seq) WHERE reported=0",
    "CREATE TABLE counter(series TEXT NOT NULL, day TEXT NOT NULL, last INTEGER NOT NULL, PRIMARY KEY(series,day)) STRICT, "
    "WITHOUT ROWID",
    "CREATE TABLE block(series TEXT NOT NULL, day TEXT NOT NULL, epoch INTEGER NOT NULL, first INTEGER NOT NULL, "
    "last INTEGER NOT NULL, used INTEGER NOT NULL, PRIMARY KEY(series,day,epoch,first)) STRICT, WITHOUT ROWID",
    "CREATE TABLE state(one INTEGER PRIMARY KEY CHECK(one=1), base INTEGER NOT NULL, day TEXT NOT NULL DEFAULT '', "
    "trusted INTEGER NOT NULL DEFAULT 0, carried TEXT NOT NULL DEFAULT '', wall_ms INTEGER NOT NULL DEFAULT 0, "
    "boot TEXT NOT NULL DEFAULT '', boot_ms INTEGER NOT NULL DEFAULT 0) STRICT",
};

base::Status create_ledger(Database& database, std::int64_t own_base) {
  auto transaction = Transaction::begin(database);
  if (!transaction) return transaction.error();
  for (const auto sql : kSchema)
    if (auto status = database.run(sql); !status) return status;
  if (auto status = database.query("INSERT INTO state(one,base) VALUES(1,?)").bind(own_base).run(); !status) return status;
  const std::string application = fmt::format("PRAGMA application_id={}", kLedgerApplicationId);
  if (auto status = database.run(application); !status) return status;
  if (auto status = database.run("PRAGMA user_version=1"); !status) return status;
  return transaction->commit();
}

base::Status recognise_ledger(Database& database, std::int64_t own_base) {
  const auto version = database.number("PRAGMA user_version");
  if (!version) return version.error();
  if (*version == 0) {
    const auto objects = database.number("SELECT count(*) FROM sqlite_schema");
    if (!objects) return objects.error();
    return *objects == 0 ? create_ledger(database, own_base) : base::Status(Failure::save_store_corrupt, "no ledger");
  }
  const auto application = database.number("PRAGMA application_id");
  if (!application || *application != kLedgerApplicationId) return base::Error{Failure::save_store_corrupt, "no ledger"};
  if (*version != 1) return base::Error{Failure::save_store_newer, "the ledger"};
  auto check = database.query("PRAGMA quick_check(1)");
  const auto row = check.step();
  if (!row) return row.error();
  if (*row && check.text(0) == "ok") return {};
  return base::Error{Failure::save_store_corrupt, "the ledger's file is damaged"};
}

}  // namespace

base::Result<Database> open_ledger_file(const fs::path& file, std::int64_t own_base) {
  auto database = Database::open(file);
  if (!database) return database.error();
  if (auto status = database->settle(kMostPages); !status) return status.error();
  if (auto status = recognise_ledger(*database, own_base); !status) return status.error();
  return database;
}

base::Result<int> set_ledger_aside(const fs::path& folder) {
  std::error_code error;
  int number = 1;
  while (number < kMostSetAside && fs::exists(folder / fmt::format("damaged-{}", number), error)) ++number;
  const auto to = folder / fmt::format("damaged-{}", number);
  if (!fs::create_directory(to, error))
    return base::Error{Failure::save_store_unopenable, "the damaged ledger cannot be set aside"};
  for (const auto* name : {"tickets.db-wal", "tickets.db"}) fs::rename(folder / name, to / name, error);
  if (fs::exists(folder / "tickets.db", error)) return base::Error{Failure::save_store_unopenable, "the damaged ledger stays"};
  if (auto synced = base::sync_folder(folder); !synced) return synced.error();
  return number;
}

int ledgers_set_aside(const fs::path& folder) {
  std::error_code error;
  int number = 0;
  while (number < kMostSetAside && fs::exists(folder / fmt::format("damaged-{}", number + 1), error)) ++number;
  return number;
}

}  // namespace offline_cache
