// The queue's tables. A change of them is a new kSchemaVersion and a migration that keeps every row.
#pragma once

#include "base/result.h"
#include "offline_cache/sqlite/database.h"

namespace offline_cache {

inline constexpr std::int64_t kApplicationId = 0x4C4E4C49;  // "LNLI": this file is ours
inline constexpr std::int64_t kSchemaVersion = 3;           // 2 had no attachments

enum class SchemaState { empty, old, current };

// Reads only. save_store_newer: written by a later version; save_store_corrupt: not a queue at all.
base::Result<SchemaState> inspect_schema(Database& database);
base::Status create_schema(Database& database);

// The tables alone, inside the caller's transaction.
base::Status create_tables(Database& database);
// From schema 2 to 3, which leaves every row where it is. Inside the caller's transaction.
base::Status add_part_tables(Database& database);

}  // namespace offline_cache
