// SQLite in small RAII types. Every return code becomes a base::Error in one place. One thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace gateway {

class Statement {
 public:
  // Positions count from 1. A bound text or blob must live until the next reset.
  Statement& bind(int position, std::string_view text);
  Statement& bind(int position, std::int64_t number);
  Statement& bind_blob(int position, std::span<const std::uint8_t> bytes);

  base::Result<bool> step();  // true: there is a row
  base::Status run();         // steps to the end and resets
  void reset();

  // Of the current row; columns count from 0.
  std::string text(int column) const;
  std::int64_t number(int column) const;
  std::string blob(int column) const;

 private:
  friend class SqliteDatabase;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class SqliteDatabase {
 public:
  enum class Missing : std::uint8_t { create, fail };
  // Nothing is locked or read until the first statement.
  static base::Result<SqliteDatabase> open(const std::filesystem::path& file, Missing missing);

  base::Status execute(const char* statements);
  base::Result<Statement> prepare(std::string_view sql);
  base::Result<std::string> ask(std::string_view sql);  // the first column of the first row, as text

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  explicit SqliteDatabase(sqlite3* database) : database_(database) {}
  std::unique_ptr<sqlite3, Close> database_;
};

// BEGIN IMMEDIATE … COMMIT; rolled back when it is dropped before.
class Transaction {
 public:
  static base::Result<Transaction> begin(SqliteDatabase& database);
  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  base::Status commit();

 private:
  explicit Transaction(SqliteDatabase& database) : database_(&database) {}
  SqliteDatabase* database_;
};

}  // namespace gateway
