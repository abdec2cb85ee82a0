#pragma once

#include "base/result.h"
#include "gateway/sqlite_database.h"

namespace gateway {

// Sets what must hold for every connection, takes the exclusive lock, makes the tables in a new file, and asserts
// that SQLite really runs with these settings. facts: reliability-security §2.1.
base::Status prepare_store(SqliteDatabase& database);

}  // namespace gateway
