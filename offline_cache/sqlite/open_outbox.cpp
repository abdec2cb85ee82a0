#include "offline_cache/sqlite/open_outbox.h"

#include <algorithm>

#include "base/log.h"
#include "offline_cache/sqlite/boot_id.h"
#include "offline_cache/sqlite/rescue.h"
#include "offline_cache/sqlite/sqlite_outbox.h"
#include "offline_cache/sqlite/store_files.h"

namespace offline_cache {
namespace {

namespace fs = std::filesystem;
using base::Failure;
using base::Status;

std::int64_t quota_pages(const StoreFiles& files, const StoreLimits& limits) {
  std::error_code error;
  const auto space = fs::space(files.data, error);
  std::int64_t bytes = limits.quota_bytes;
  if (!error) bytes = std::min(bytes, static_cast<std::int64_t>(space.capacity / 10 * 7));
  return std::max<std::int64_t>(bytes / kPageSize, 16);
}

// False: something is left to be rescued.
base::Result<bool> rescue_what_was_set_aside(const StoreFiles& files, Database& into) {
  bool complete = true;
  for (const auto& folder : folders_set_aside(files)) {
    if (was_rescued(folder)) continue;
    const auto rescued = rescue(folder, into);
    if (!rescued) return rescued.error();
    complete = complete && rescued->complete;
  }
  return complete;
}

// One try: open what is there, or begin anew when nothing is.
base::Result<OpenedOutbox> open_once(const StoreFiles& files, const StoreLimits& limits, const base::Clock& clock,
                                     base::Random& random) {
  auto lock = FolderLock::take(files.data);
  if (!lock) return lock.error();
  const std::int64_t pages = quota_pages(files, limits);
  std::error_code error;
  if (!fs::exists(files.folder(), error))
    if (auto status = create_store(files.folder(), pages); !status) return status.error();
  auto database = open_store(files, pages, limits.pages_to_read);
  if (!database) return database.error();
  const auto rescued = rescue_what_was_set_aside(files, *database);
  if (!rescued) return rescued.error();
  Ballast ballast(files.ballast(), limits.ballast_bytes);
  (void)ballast.restore();  // fill() tells when it could not be
  auto outbox =
      std::make_unique<SqliteOutbox>(*std::move(lock), *std::move(database), std::move(ballast), pages, boot_id(), clock, random);
  if (auto status = outbox->recover(limits.rows_to_digest); !status) return status.error();
  if (auto status = outbox->check_at_start(limits.pages_to_read); !status) return status.error();
  return OpenedOutbox{std::move(outbox), static_cast<int>(folders_set_aside(files).size()), false, *rescued};
}

Status set_aside_under_lock(const StoreFiles& files, const base::Clock& clock) {
  const auto lock = FolderLock::take(files.data);
  if (!lock) return lock.error();
  return set_aside(files, clock.wall());
}

}  // namespace

base::Result<OpenedOutbox> open_outbox(const fs::path& data_folder, const StoreLimits& limits, const base::Clock& clock,
                                       base::Random& random) {
  const StoreFiles files{data_folder};
  auto opened = open_once(files, limits, clock, random);
  if (!opened && opened.error().failure == Failure::save_store_corrupt) {
    base::log::failure(opened.error());
    if (auto status = set_aside_under_lock(files, clock); !status) return status.error();
    opened = open_once(files, limits, clock, random);
    if (opened) opened->set_aside_now = true;
  }
  return opened;
}

}  // namespace offline_cache
