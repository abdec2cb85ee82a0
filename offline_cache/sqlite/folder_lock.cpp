#include "offline_cache/sqlite/folder_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <cerrno>
#include <cstring>

#include "base/files.h"

namespace offline_cache {

using base::Failure;

base::Result<FolderLock> FolderLock::take(const std::filesystem::path& folder) {
  if (auto made = base::make_folder(folder); !made) return base::Error{Failure::save_store_unopenable, made.error().detail};
  const auto path = folder / "lock";
  base::FileDescriptor file(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.valid())
    return base::Error{Failure::save_store_unopenable, fmt::format("{}: {}", path.string(), std::strerror(errno))};
  if (flock(file.get(), LOCK_EX | LOCK_NB) != 0) return base::Error{Failure::save_store_locked, "another process owns the queue"};
  return FolderLock(std::move(file));
}

}  // namespace offline_cache
