#include "offline_cache/sqlite/database.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/failpoint.h"
#include "offline_cache/sqlite/log_copy.h"

namespace offline_cache {
namespace {

using base::Failure;

constexpr std::int64_t kLogSizeLimit = 4LL << 20;  // bytes the log file keeps after a checkpoint

}  // namespace

base::Result<Database> Database::open_with(const std::filesystem::path& file, int flags, const std::string& vfs) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                                   vfs.empty() ? nullptr : vfs.c_str());
  Handle handle(raw);
  if (code != SQLITE_OK) return raw == nullptr ? sqlite_error(code, "no memory") : sqlite_error(raw);
  Database database(std::move(handle));
  // Before anything is read: EXCLUSIVE keeps the log's index in our own memory, which shuts the door on a second process
  // and on the WAL-reset bug of this SQLite version.
  if (auto status = database.run("PRAGMA locking_mode=EXCLUSIVE"); !status) return status.error();
  sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  return database;
}

base::Result<Database> Database::open(const std::filesystem::path& file, const std::string& vfs) {
  if (auto status = write_log_again(file, vfs); !status) return status.error();
  return open_with(file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs);
}

base::Result<Database> Database::open_to_read(const std::filesystem::path& file) {
  return open_with(file, SQLITE_OPEN_READWRITE, {});
}

base::Status Database::assert_setting(std::string_view sql, std::string_view expected) {
  auto statement = query(sql);
  const auto row = statement.step();
  if (!row) return row.error();
  if (*row && statement.text(0) == expected) return {};
  return base::Error{Failure::save_store_unopenable, fmt::format("{} did not answer {}", sql, expected)};
}

base::Status Database::settle(std::int64_t most_pages) {
  const std::string page_size = fmt::format("PRAGMA page_size={}", kPageSize);
  const std::string log_limit = fmt::format("PRAGMA journal_size_limit={}", kLogSizeLimit);
  const std::string quota = fmt::format("PRAGMA max_page_count={}", most_pages);
  for (const std::string_view sql :
       {std::string_view(page_size), std::string_view("PRAGMA journal_mode=WAL"), std::string_view("PRAGMA synchronous=FULL"),
        std::string_view("PRAGMA foreign_keys=ON"), std::string_view("PRAGMA trusted_schema=OFF"),
        std::string_view("PRAGMA cell_size_check=ON"), std::string_view("PRAGMA secure_delete=ON"),
        std::string_view("PRAGMA temp_store=MEMORY"), std::string_view("PRAGMA mmap_size=0"),
        std::string_view("PRAGMA busy_timeout=1000"), std::string_view("PRAGMA wal_autocheckpoint=0"),
        std::string_view(log_limit), std::string_view(quota)})
    if (auto status = run(sql); !status) return status;
  // Libraries change these silently; durability hangs on them.
  for (const auto& [sql, expected] : {std::pair{"PRAGMA locking_mode", "exclusive"},
                                      {"PRAGMA journal_mode", "wal"},
                                      {"PRAGMA synchronous", "2"},
                                      {"PRAGMA secure_delete", "1"},
                                      {"PRAGMA cell_size_check", "1"},
                                      {"PRAGMA trusted_schema", "0"}})
    if (auto status = assert_setting(sql, expected); !status) return status;
  sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
  sqlite3_wal_hook(
      handle_.get(),
      [](void* pages, sqlite3*, const char*, int count) {
        *static_cast<int*>(pages) = count;
        return SQLITE_OK;
      },
      log_pages_.get());
  return {};
}

Statement Database::query(std::string_view sql) {
  auto found = prepared_.find(sql);
  if (found == prepared_.end()) {
    sqlite3_stmt* made = nullptr;
    sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &made, nullptr);
    if (made == nullptr) return {handle_.get(), nullptr};
    found = prepared_.emplace(sql, made).first;
  }
  return {handle_.get(), found->second.get()};
}

base::Status Database::checkpoint(int mode) {
  LINLI_FAILPOINT("checkpoint-begins");
  if (sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, mode, nullptr, nullptr) != SQLITE_OK) return sqlite_error(handle_.get());
  *log_pages_ = 0;
  LINLI_FAILPOINT("checkpoint-done");
  return {};
}

base::Status Database::still_there() {
  int moved = 0;
  sqlite3_file_control(handle_.get(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  struct stat log {};
  const std::string name = std::string(sqlite3_db_filename(handle_.get(), "main")) + "-wal";
  const bool there = stat(name.c_str(), &log) == 0;
  if (log_inode_ == 0 && there) log_inode_ = log.st_ino;
  if (moved == 0 && (log_inode_ == 0 || (there && log.st_ino == log_inode_))) return {};
  return base::Error{Failure::save_io_error, "the file or its log was removed by somebody else"};
}

base::Result<Transaction> Transaction::begin(Database& database) {
  if (auto status = database.run("BEGIN IMMEDIATE"); !status) return status.error();
  return Transaction(database);
}

base::Status Transaction::commit() {
  auto status = database_->run("COMMIT");
  if (status) database_ = nullptr;
  return status;
}

Transaction::~Transaction() {
  // SQLite may have rolled back by itself; then this fails and nothing is left to do.
  if (database_ != nullptr) (void)database_->run("ROLLBACK");
}

}  // namespace offline_cache
