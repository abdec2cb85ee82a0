// Attachments in the queue's tables: written in pieces beside their application, read back piece by piece. Everything here runs
// inside the caller's transaction, or reads.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "offline_cache/outbox.h"
#include "offline_cache/sqlite/database.h"

namespace offline_cache {

base::Status write_parts(std::int64_t app, std::span<const SealedPart> parts, Database& into);
// In their order; `unsent`: only those the office has not acknowledged.
base::Result<std::vector<Part>> list_parts(std::int64_t app, bool unsent, Database& database);
// From `offset` to the end of its piece; empty at the end of the part.
base::Result<std::string> read_piece(std::int64_t app, int ordinal, std::int64_t offset, Database& database);
// Whether every part still has the bytes it was stored with.
base::Result<bool> parts_are_sound(std::int64_t app, Database& database);
base::Status erase_parts(std::int64_t app, Database& database);

// What a damaged queue still has of them: as many as `expected`, those that cannot be read empty. Bytes are taken as they are.
std::vector<SealedPart> salvage_parts(std::int64_t app, std::int64_t expected, Database& from);

}  // namespace offline_cache
