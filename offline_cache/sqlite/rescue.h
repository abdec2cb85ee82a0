// Brings the rows of a damaged queue that was set aside into the one that is in use, row by row: whatever can still be read.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "offline_cache/sqlite/database.h"

namespace offline_cache {

struct Rescued {
  int rows = 0;  // now in the queue
  int held = 0;  // of them: came with a payload that is not what was stored
};

// All rows in one transaction, then a marker in the folder: a rescue that is interrupted happens again, and ids that are
// already there are skipped. The damaged files are only read.
base::Result<Rescued> rescue(const std::filesystem::path& damaged, Database& into);
bool was_rescued(const std::filesystem::path& damaged);

}  // namespace offline_cache
