#include "offline_cache/sqlite/store_files.h"

#include <fmt/chrono.h>

#include <algorithm>

#include "base/failpoint.h"
#include "base/files.h"
#include "offline_cache/sqlite/migration.h"
#include "offline_cache/sqlite/schema.h"

namespace offline_cache {
namespace {

namespace fs = std::filesystem;
using base::Failure;
using base::Status;

constexpr std::string_view kSetAside = "outbox-damaged-";

base::Error file_error(Failure failure, const fs::path& path, const std::error_code& error) {
  return {failure, fmt::format("{}: {}", path.filename().string(), error.message())};
}

Status pass(Database& database, std::string_view check) {
  auto checking = database.query(check);
  const auto row = checking.step();
  if (!row) return row.error();
  if (*row && checking.text(0) == "ok") return {};
  return base::Error{Failure::save_store_corrupt, "the check of all pages found damage"};
}

}  // namespace

Status check_pages(Database& database, std::int64_t pages_to_read) {
  const auto pages = database.number("PRAGMA page_count");
  if (!pages) return pages.error();
  const bool indexes = *pages <= kPagesCheckedWhole || pages_to_read == kEveryPageAndIndex;
  if (*pages <= pages_to_read) return pass(database, indexes ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)");
  for (const auto table :
       {"PRAGMA quick_check(app)", "PRAGMA quick_check(attempt)", "PRAGMA quick_check(part)", "PRAGMA quick_check(tally)"})
    if (auto status = pass(database, table); !status) return status;
  return {};
}

Status create_database(const fs::path& file, std::int64_t quota_pages, const std::string& vfs) {
  auto database = Database::open(file, vfs);
  if (!database) return database.error();
  if (auto status = database->settle(most_pages(quota_pages)); !status) return status;
  if (auto status = create_schema(*database); !status) return status;
  return database->checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
}

base::Result<Database> open_database(const fs::path& file, std::int64_t quota_pages, const std::string& vfs,
                                     std::int64_t pages_to_read) {
  auto database = Database::open(file, vfs);
  if (!database) return database.error();
  const auto schema = inspect_schema(*database);
  if (!schema) return schema.error();
  if (*schema == SchemaState::empty) return base::Error{Failure::save_store_corrupt, "the database has no tables"};
  if (auto status = database->settle(most_pages(quota_pages)); !status) return status.error();
  if (auto status = check_pages(*database, pages_to_read); !status) return status.error();
  if (auto status = migrate(*database); !status) return status.error();
  return database;
}

Status create_store(const fs::path& folder, std::int64_t quota_pages) {
  const fs::path aside = folder.string() + ".new";
  std::error_code error;
  fs::remove_all(aside, error);
  fs::create_directory(aside, error);
  if (error) return file_error(Failure::save_store_unopenable, aside, error);
  if (auto status = create_database(aside / "outbox.db", quota_pages); !status) return status;
  if (auto status = base::sync_folder(aside); !status) return status;
  LINLI_FAILPOINT("store-made-aside");
  fs::rename(aside, folder, error);
  if (error) return file_error(Failure::save_store_unopenable, folder, error);
  return base::sync_folder(folder.parent_path());
}

base::Result<Database> open_store(const StoreFiles& files, std::int64_t quota_pages, std::int64_t pages_to_read) {
  std::error_code error;
  const auto size = fs::file_size(files.database(), error);
  if (error == std::errc::no_such_file_or_directory) return base::Error{Failure::save_store_corrupt, "the database is missing"};
  if (error) return file_error(Failure::save_store_unopenable, files.database(), error);
  if (size == 0) return base::Error{Failure::save_store_corrupt, "the database is empty"};
  return open_database(files.database(), quota_pages, {}, pages_to_read);
}

Status set_aside(const StoreFiles& files, base::WallTime now) {
  const auto seconds = std::chrono::system_clock::to_time_t(now);
  std::error_code error;
  for (int n = 1; n < 1000; ++n) {
    const fs::path to = files.data / fmt::format("{}{:%Y%m%dT%H%M%SZ}-{}", kSetAside, fmt::gmtime(seconds), n);
    if (fs::exists(to, error)) continue;
    fs::rename(files.folder(), to, error);
    if (error) return file_error(Failure::save_store_unopenable, to, error);
    LINLI_FAILPOINT("queue-set-aside");
    return base::sync_folder(files.data);
  }
  return base::Error{Failure::save_store_unopenable, "too many damaged queues"};
}

std::vector<fs::path> folders_set_aside(const StoreFiles& files) {
  std::vector<fs::path> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(files.data, error))
    if (entry.path().filename().string().starts_with(kSetAside)) found.push_back(entry.path());
  std::ranges::sort(found);
  return found;
}

}  // namespace offline_cache
