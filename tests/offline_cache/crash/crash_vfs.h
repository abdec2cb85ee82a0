// SQLite on a crash::Disk: a VFS named "linli-crash" without shared memory, which the queue's exclusive mode does not need.
// Files are reached as "/<mount>/<name>", or under a folder that was given. Thread: any, but one connection uses a disk at a
// time.
#pragma once

#include <sqlite3.h>

#include <string>

#include "tests/offline_cache/crash/crash_disk.h"

namespace crash {

inline constexpr char kVfs[] = "linli-crash";

// While it lives, SQLite finds the disk. The disk outlives it.
class Mount {
 public:
  // `sector`: what the device says its sectors are; bytes. `powersafe`: a torn write leaves its neighbours alone, as the
  // system's VFS assumes.
  explicit Mount(Disk& disk, int sector = 512, bool powersafe = false);
  // In place of a folder of the system's, for a program that names no VFS: from now on, every database of this process lies on
  // such a disk. What is no database stays where it is.
  Mount(Disk& disk, std::string folder, int sector);
  ~Mount();
  Mount(const Mount&) = delete;
  Mount& operator=(const Mount&) = delete;

  std::string path(const std::string& name) const { return folder_ + name; }

 private:
  std::string folder_;            // "/17/"
  sqlite3_vfs* usual_ = nullptr;  // the default before this was
};

}  // namespace crash
