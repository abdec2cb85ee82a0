// One owner of the data folder at a time, even while its database is damaged and cannot lock anything itself.
#pragma once

#include <filesystem>

#include "base/file_descriptor.h"
#include "base/result.h"

namespace offline_cache {

class FolderLock {
 public:
  // Creates the folder (for this user only) when it is missing. save_store_locked: somebody else has it;
  // save_store_unopenable: it cannot be created or written.
  static base::Result<FolderLock> take(const std::filesystem::path& folder);

 private:
  explicit FolderLock(base::FileDescriptor file) : file_(std::move(file)) {}
  base::FileDescriptor file_;  // the kernel gives the lock back when the process dies
};

}  // namespace offline_cache
