#include "offline_cache/sqlite/folder_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

namespace offline_cache {

using base::Failure;

base::Result<FolderLock> FolderLock::take(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder.parent_path(), error);
  if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
    return base::Error{Failure::save_store_unopenable, fmt::format("{}: {}", folder.string(), std::strerror(errno))};
  const auto path = folder / "lock";
  base::FileDescriptor file(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.valid())
    return base::Error{Failure::save_store_unopenable, fmt::format("{}: {}", path.string(), std::strerror(errno))};
  if (flock(file.get(), LOCK_EX | LOCK_NB) != 0) return base::Error{Failure::save_store_locked, "another process owns the queue"};
  return FolderLock(std::move(file));
}

base::Status sync_folder(const std::filesystem::path& folder) {
  const base::FileDescriptor directory(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.valid() || fsync(directory.get()) != 0)
    return base::Error{Failure::save_io_error, fmt::format("{}: {}", folder.string(), std::strerror(errno))};
  return {};
}

}  // namespace offline_cache
