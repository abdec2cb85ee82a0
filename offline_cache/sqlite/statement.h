#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace offline_cache {

// The one place that turns SQLite's return codes into ours. The detail names code and message, never a bound value.
base::Error sqlite_error(int code, std::string_view message);
base::Error sqlite_error(sqlite3* database);

// One use of a prepared statement: bind in order, step, read columns from 0. Reset when it dies. Keeps the error of a
// failed prepare or bind until step() returns it.
class Statement {
 public:
  Statement(sqlite3* database, sqlite3_stmt* prepared) : database_(database), prepared_(prepared) {}
  ~Statement();
  Statement(Statement&& other) noexcept
      : database_(other.database_),
        prepared_(std::exchange(other.prepared_, nullptr)),
        code_(other.code_),
        bound_(other.bound_) {}
  Statement& operator=(Statement&&) = delete;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement&& bind(std::int64_t value) &&;
  Statement&& bind(std::string_view text) &&;
  Statement&& bind_blob(std::string_view bytes) &&;
  Statement&& bind_null() &&;

  // True: there is a row.
  base::Result<bool> step();
  // To the end, rows ignored.
  base::Status run();
  // The first column of the one row that must come.
  base::Result<std::int64_t> number();

  std::int64_t integer(int column) const { return sqlite3_column_int64(prepared_, column); }
  std::string text(int column) const;       // also blobs; empty for null
  std::string_view view(int column) const;  // the same, valid until the next step
  bool is_null(int column) const { return sqlite3_column_type(prepared_, column) == SQLITE_NULL; }

 private:
  void note(int code);

  sqlite3* database_;
  sqlite3_stmt* prepared_;
  int code_ = SQLITE_OK;
  int bound_ = 0;
};

}  // namespace offline_cache
