// Makes durable what a write-ahead log shows, before SQLite reads it.
//
// After a sync that failed, the kernel shows the new pages of the log and takes them for written (reliability §2.2). A process
// that finds them builds on commits that a power cut takes away, and copies half of them into the database. So the log is
// copied beside itself and synced, then written again from that copy in its own place and synced, and the copy is removed:
// whenever the power fails, either the log or a whole copy of it is on the medium.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace offline_cache {

// `vfs` as Database::open; the folder is ours alone. Nothing happens when there is no log, or it is empty, as after an orderly
// end. A full disk is no error: there the log stays as it is.
base::Status write_log_again(const std::filesystem::path& database, const std::string& vfs);

}  // namespace offline_cache
