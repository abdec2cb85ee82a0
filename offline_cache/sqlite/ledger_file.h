// The ledger's file: its tables, and what becomes of a damaged one. One thread.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "offline_cache/sqlite/database.h"

namespace offline_cache {

// Opens or makes it. `own_base`: where a new ledger's own count begins. save_store_corrupt: set it aside.
base::Result<Database> open_ledger_file(const std::filesystem::path& file, std::int64_t own_base);

// Database and log go together, into a folder of their own. Tells how many there are now.
base::Result<int> set_ledger_aside(const std::filesystem::path& folder);
int ledgers_set_aside(const std::filesystem::path& folder);

}  // namespace offline_cache
