// One SQLite connection in RAII form, with the settings of docs/decisions/sqlite-settings.md. One thread.
#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "offline_cache/sqlite/statement.h"

namespace offline_cache {

inline constexpr std::int64_t kPageSize = 4096;  // bytes

class Database {
 public:
  // Opens or creates, exclusively; what is read from then on is on the medium (log_copy.h). Changes no byte yet, not even by
  // closing again: a file of a newer version must stay as it is.
  // `vfs` names a registered SQLite VFS; empty: the system's.
  static base::Result<Database> open(const std::filesystem::path& file, const std::string& vfs = {});
  // For damaged files: no writing, no settings.
  static base::Result<Database> open_to_read(const std::filesystem::path& file);

  // Every setting the queue's safety hangs on; each is read back.
  base::Status settle(std::int64_t most_pages);

  // `sql` is a constant; it is prepared once per connection.
  Statement query(std::string_view sql);
  base::Status run(std::string_view sql) { return query(sql).run(); }
  base::Result<std::int64_t> number(std::string_view sql) { return query(sql).number(); }

  std::int64_t changes() const { return sqlite3_changes64(handle_.get()); }
  // Pages in the write-ahead log after the last commit.
  int log_pages() const { return *log_pages_; }
  base::Status checkpoint(int mode);                                 // SQLITE_CHECKPOINT_…
  void forget_pages() { sqlite3_db_release_memory(handle_.get()); }  // that are in memory: the next look is at the disk
  // save_io_error when somebody has removed or replaced the file or its log under us: what is written now would be gone with
  // this process. Closing saves what only the log holds. Two stats.
  base::Status still_there();

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  struct Finalize {
    void operator()(sqlite3_stmt* prepared) const { sqlite3_finalize(prepared); }
  };
  using Handle = std::unique_ptr<sqlite3, Close>;

  explicit Database(Handle handle) : handle_(std::move(handle)) {}
  static base::Result<Database> open_with(const std::filesystem::path& file, int flags, const std::string& vfs);
  base::Status assert_setting(std::string_view sql, std::string_view expected);

  std::unique_ptr<int> log_pages_ = std::make_unique<int>(0);
  std::uint64_t log_inode_ = 0;  // 0: not seen yet
  Handle handle_;
  std::map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>, std::less<>> prepared_;
};

// BEGIN IMMEDIATE … COMMIT; rolls back when it dies uncommitted.
class Transaction {
 public:
  static base::Result<Transaction> begin(Database& database);
  ~Transaction();
  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  base::Status commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace offline_cache
