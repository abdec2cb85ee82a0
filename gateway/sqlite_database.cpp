#include "gateway/sqlite_database.h"

#include <sqlite3.h>

namespace gateway {
namespace {

using base::Failure;

Failure failure_of(int code) {
  switch (code & 0xFF) {  // the primary code of an extended one
    case SQLITE_FULL:
    case SQLITE_NOMEM:
      return Failure::save_disk_full;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Failure::save_store_corrupt;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Failure::save_store_locked;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
      return Failure::save_store_unopenable;
    case SQLITE_IOERR:
      return Failure::save_io_error;
    default:
      return Failure::internal;
  }
}

base::Error error_of(sqlite3* database, int code) {
  // SQLite's own messages name tables and columns, never values.
  return {failure_of(code), std::string("sqlite: ") + (database == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(database))};
}

base::Status check(sqlite3* database, int code) {
  if (code == SQLITE_OK || code == SQLITE_DONE) return {};
  return error_of(database, code);
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
void SqliteDatabase::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

Statement& Statement::bind(int position, std::string_view text) {
  sqlite3_bind_text(statement_.get(), position, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
  return *this;
}

Statement& Statement::bind(int position, std::int64_t number) {
  sqlite3_bind_int64(statement_.get(), position, number);
  return *this;
}

Statement& Statement::bind_blob(int position, std::span<const std::uint8_t> bytes) {
  sqlite3_bind_blob(statement_.get(), position, bytes.data(), static_cast<int>(bytes.size()), SQLITE_STATIC);
  return *this;
}

base::Result<bool> Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return error_of(sqlite3_db_handle(statement_.get()), code);
}

base::Status Statement::run() {
  base::Status outcome;
  for (;;) {
    const auto row = step();
    if (!row) outcome = row.error();
    if (!row || !*row) break;
  }
  reset();
  return outcome;
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
}

std::string Statement::text(int column) const { return blob(column); }

std::int64_t Statement::number(int column) const { return sqlite3_column_int64(statement_.get(), column); }

std::string Statement::blob(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return bytes == nullptr ? std::string() : std::string(bytes, size);
}

base::Result<SqliteDatabase> SqliteDatabase::open(const std::filesystem::path& file, Missing missing) {
  const int create = missing == Missing::create ? SQLITE_OPEN_CREATE : 0;
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | create, nullptr);
  SqliteDatabase database(opened);
  if (code != SQLITE_OK) return error_of(opened, code);
  sqlite3_extended_result_codes(opened, 1);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  return database;
}

base::Status SqliteDatabase::execute(const char* statements) {
  return check(database_.get(), sqlite3_exec(database_.get(), statements, nullptr, nullptr, nullptr));
}

base::Result<Statement> SqliteDatabase::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(database_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                      &statement, nullptr);
  if (code != SQLITE_OK) return error_of(database_.get(), code);
  return Statement(statement);
}

base::Result<std::string> SqliteDatabase::ask(std::string_view sql) {
  auto statement = prepare(sql);
  if (!statement) return statement.error();
  const auto row = statement->step();
  if (!row) return row.error();
  return *row ? statement->text(0) : std::string();
}

base::Result<Transaction> Transaction::begin(SqliteDatabase& database) {
  if (auto begun = database.execute("BEGIN IMMEDIATE"); !begun) return begun.error();
  return Transaction(database);
}

Transaction::~Transaction() {
  // Fails harmlessly when SQLite has rolled back by itself (full disk).
  if (database_ != nullptr) static_cast<void>(database_->execute("ROLLBACK"));
}

base::Status Transaction::commit() {
  auto committed = database_->execute("COMMIT");
  if (committed) database_ = nullptr;
  return committed;
}

}  // namespace gateway
