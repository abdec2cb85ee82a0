// The files of one queue: a folder `outbox` of its own inside the data folder, so that database and log are always renamed
// together and atomically. It is made aside and renamed when complete: an `outbox` with an empty or missing database is
// damage, never a first start.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "offline_cache/sqlite/database.h"

namespace offline_cache {

struct StoreFiles {
  std::filesystem::path data;

  std::filesystem::path folder() const { return data / "outbox"; }
  std::filesystem::path database() const { return folder() / "outbox.db"; }
  std::filesystem::path ballast() const { return data / "ballast"; }
};

// Transitions may use a quarter more than new applications: a full queue must still be able to note that it is emptied.
inline constexpr std::int64_t most_pages(std::int64_t quota_pages) { return quota_pages + quota_pages / 4; }

// An empty queue in a file that does not exist yet. `vfs`: see Database::open().
base::Status create_database(const std::filesystem::path& file, std::int64_t quota_pages, const std::string& vfs = {});
// How much of a file a check reads, beside a number of pages.
inline constexpr std::int64_t kEveryPage = INT64_MAX - 1;
inline constexpr std::int64_t kEveryPageAndIndex = INT64_MAX;

// Opens and checks (schema, check_pages), and migrates what is older. Errors as open_store().
base::Result<Database> open_database(const std::filesystem::path& file, std::int64_t quota_pages, const std::string& vfs = {},
                                     std::int64_t pages_to_read = kEveryPage);

// save_store_corrupt. Every page and every index of up to kPagesCheckedWhole; of a longer file indexes are not compared with
// their tables unless kEveryPageAndIndex says so, which takes a second for each half million rows, and of one of more than
// `pages_to_read` payloads and parts are left out, which are nearly all of it.
inline constexpr std::int64_t kPagesCheckedWhole = 1 << 14;  // 64 MiB: 0.2 s
base::Status check_pages(Database& database, std::int64_t pages_to_read = kEveryPage);

// An empty queue under `folder`, complete and durable.
base::Status create_store(const std::filesystem::path& folder, std::int64_t quota_pages);

// open_database() of files that must be there. save_store_corrupt: set it aside; any other error: leave it alone.
base::Result<Database> open_store(const StoreFiles& files, std::int64_t quota_pages, std::int64_t pages_to_read);

// Renames the queue's folder to `outbox-damaged-<UTC>-<n>`. Nothing is ever deleted.
base::Status set_aside(const StoreFiles& files, base::WallTime now);
std::vector<std::filesystem::path> folders_set_aside(const StoreFiles& files);

}  // namespace offline_cache
