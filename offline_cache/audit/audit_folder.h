// The files of one audit log, and what is read from them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace offline_cache {

inline constexpr std::size_t kLargestAuditFile = 4U << 20U;  // bytes; the writer begins the next one long before

// By first record. Empty when there is none.
std::vector<std::filesystem::path> audit_files(const std::filesystem::path& folder);
std::filesystem::path audit_file_name(const std::filesystem::path& folder, std::int64_t first_record);
// Renames `data/audit` to `data/audit-damaged-<UTC>-<n>`. Nothing is ever deleted.
base::Status set_audit_aside(const std::filesystem::path& data, base::WallTime now);
base::Error audit_file_error(const std::filesystem::path& path, int error);

}  // namespace offline_cache
