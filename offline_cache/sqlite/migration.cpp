#include "offline_cache/sqlite/migration.h"

#include "base/failpoint.h"
#include "base/log.h"
#include "offline_cache/sqlite/schema.h"
#include "offline_cache/sqlite/stored_row.h"

namespace offline_cache {
namespace {

using base::Failure;
using base::Status;

constexpr int kLogPagesBetweenBatches = 1024;

Status corrupt(std::string_view detail) { return base::Error{Failure::save_store_corrupt, std::string(detail)}; }

// Version 1's law of conservation, while its sequence can still be asked.
Status expect_complete(Database& database) {
  const auto missing = database.number(
      "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name='app'),0)-(SELECT count(*) FROM app)-"
      "(SELECT purged FROM tally)");
  if (!missing) return missing.error();
  return *missing == 0 ? Status() : corrupt("invariant 1: rows have vanished");
}

Status make_room_for_new_tables(Database& database) {
  auto transaction = Transaction::begin(database);
  if (!transaction) return transaction.error();
  const auto purged = database.number("SELECT purged FROM tally");
  if (!purged) return purged.error();
  for (const std::string_view sql : {"DROP INDEX app_state", "ALTER TABLE app RENAME TO app_1", "DROP TABLE tally"})
    if (auto status = database.run(sql); !status) return status;
  if (auto status = create_tables(database); !status) return status;
  if (auto status = database.query("UPDATE tally SET purged=?").bind(*purged).run(); !status) return status;
  return transaction->commit();
}

Status from_2_to_3(Database& database) {
  base::log::info("the queue is brought from schema 2 to schema 3");
  auto transaction = Transaction::begin(database);
  if (!transaction) return transaction.error();
  if (auto status = add_part_tables(database); !status) return status;
  return transaction->commit();
}

// False: it was the last one.
base::Result<bool> move_row(Database& database) {
  const auto seq = database.number("SELECT coalesce(min(seq),0) FROM app_1");
  if (!seq) return seq.error();
  if (*seq == 0) return false;
  std::optional<StoredRow> row;
  {
    auto statement = database.query(select_row(RowSource::version_1_renamed)).bind(*seq);
    const auto found = statement.step();
    if (!found) return found.error();
    if (*found) row = read_row(statement, RowSource::version_1_renamed);
  }
  if (!row) return base::Error{Failure::save_store_corrupt, "a row cannot be migrated"};
  if (auto status = write_row(*row, database); !status) return status.error();
  if (auto status = database.query("DELETE FROM app_1 WHERE seq=?").bind(*seq).run(); !status) return status.error();
  return true;
}

base::Result<bool> move_batch(Database& database) {
  auto transaction = Transaction::begin(database);
  if (!transaction) return transaction.error();
  bool more = true;
  for (int i = 0; i < kRowsMigratedAtOnce && more; ++i) {
    const auto moved = move_row(database);
    if (!moved) return moved.error();
    more = *moved;
  }
  if (!more)
    if (auto status = database.run("DROP TABLE app_1"); !status) return status.error();
  if (auto status = transaction->commit(); !status) return status.error();
  return more;
}

Status move_rows(Database& database) {
  for (;;) {
    const auto more = move_batch(database);
    if (!more) return more.error();
    LINLI_FAILPOINT("migration-batch");
    if (!*more || database.log_pages() >= kLogPagesBetweenBatches)
      if (auto status = database.checkpoint(SQLITE_CHECKPOINT_TRUNCATE); !status) return status;
    if (!*more) return {};
  }
}

}  // namespace

Status migrate(Database& database) {
  const auto version = database.number("PRAGMA user_version");
  if (!version) return version.error();
  if (*version == 1) {
    base::log::info("the queue is brought from schema 1 to schema {}", kSchemaVersion);
    if (auto status = expect_complete(database); !status) return status;
    if (auto status = make_room_for_new_tables(database); !status) return status;
    LINLI_FAILPOINT("migration-begun");
  }
  if (*version == 2)
    if (auto status = from_2_to_3(database); !status) return status;
  const auto unfinished = database.number("SELECT count(*) FROM sqlite_schema WHERE name='app_1'");
  if (!unfinished) return unfinished.error();
  return *unfinished == 0 ? Status() : move_rows(database);
}

}  // namespace offline_cache
