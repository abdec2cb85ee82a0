#include "offline_cache/sqlite/statement.h"

#include <fmt/format.h>

namespace offline_cache {

using base::Failure;

base::Error sqlite_error(int code, std::string_view message) {
  Failure failure = Failure::internal;
  switch (code & 0xFF) {
    case SQLITE_FULL:
      failure = Failure::save_disk_full;
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      failure = Failure::save_store_locked;
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      failure = Failure::save_store_corrupt;
      break;
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      failure = Failure::save_store_unopenable;
      break;
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
      failure = Failure::save_io_error;
      break;
    default:
      break;
  }
  return {failure, fmt::format("SQLite {}: {}", code, message)};
}

base::Error sqlite_error(sqlite3* database) { return sqlite_error(sqlite3_extended_errcode(database), sqlite3_errmsg(database)); }

Statement::~Statement() {
  if (prepared_ == nullptr) return;
  sqlite3_reset(prepared_);
  sqlite3_clear_bindings(prepared_);
}

void Statement::note(int code) {
  if (code_ == SQLITE_OK) code_ = code;
}

Statement&& Statement::bind(std::int64_t value) && {
  note(sqlite3_bind_int64(prepared_, ++bound_, value));
  return std::move(*this);
}

Statement&& Statement::bind(std::string_view text) && {
  note(sqlite3_bind_text64(prepared_, ++bound_, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  return std::move(*this);
}

Statement&& Statement::bind_blob(std::string_view bytes) && {
  note(sqlite3_bind_blob64(prepared_, ++bound_, bytes.data(), bytes.size(), SQLITE_TRANSIENT));
  return std::move(*this);
}

Statement&& Statement::bind_null() && {
  note(sqlite3_bind_null(prepared_, ++bound_));
  return std::move(*this);
}

base::Result<bool> Statement::step() {
  if (prepared_ == nullptr || code_ != SQLITE_OK) return sqlite_error(database_);
  const int code = sqlite3_step(prepared_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return sqlite_error(database_);
}

base::Status Statement::run() {
  for (;;) {
    const auto row = step();
    if (!row) return row.error();
    if (!*row) return {};
  }
}

base::Result<std::int64_t> Statement::number() {
  const auto row = step();
  if (!row) return row.error();
  if (!*row) return base::Error{Failure::save_store_corrupt, "a row is missing"};
  return integer(0);
}

std::string_view Statement::view(int column) const {
  const void* bytes = sqlite3_column_blob(prepared_, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(prepared_, column));
  return bytes == nullptr ? std::string_view() : std::string_view(static_cast<const char*>(bytes), size);
}

std::string Statement::text(int column) const { return std::string(view(column)); }

}  // namespace offline_cache
