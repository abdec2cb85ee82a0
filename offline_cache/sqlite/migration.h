// Brings a queue of an older schema to this one, row by row.
#pragma once

#include "base/result.h"
#include "offline_cache/sqlite/database.h"

namespace offline_cache {

inline constexpr int kRowsMigratedAtOnce = 200;  // one transaction; what it frees pays for the next

// Version 1's tables are renamed and their rows moved in batches, each one transaction, so that a full quota has room for it. A
// row is at every moment in exactly one of the two places; whoever is interrupted goes on at the next opening, and until
// then an older program refuses the file (save_store_newer). Does nothing to a queue of this version.
// save_store_corrupt: the old rows do not add up or cannot be read; set the queue aside and rescue them.
base::Status migrate(Database& database);

}  // namespace offline_cache
