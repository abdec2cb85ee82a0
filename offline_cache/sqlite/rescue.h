// Brings the rows of a damaged queue that was set aside into the one that is in use, row by row: whatever can still be read.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "offline_cache/sqlite/database.h"

namespace offline_cache {

// In one transaction: on a small disk, little has to fit at a time.
inline constexpr int kRowsRescuedAtOnce = 50;
inline constexpr std::size_t kBytesRescuedAtOnce = std::size_t{1} << 20;  // then a row was the last

struct Rescued {
  int rows = 0;  // now in the queue
  int held = 0;  // of them: came with a payload that is not what was stored
  bool complete = true;
};

// Rows in batches, then a marker in the folder. A rescue that is interrupted happens again, and ids that are already there are
// skipped. The damaged files are only read. Not complete, and without the marker: there is no room for the rest, or the damaged
// files cannot be opened for another reason than their damage; to be tried again. An error is one of `into`.
base::Result<Rescued> rescue(const std::filesystem::path& damaged, Database& into);
bool was_rescued(const std::filesystem::path& damaged);

}  // namespace offline_cache
