#include "offline_cache/audit/audit_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "base/files.h"
#include "offline_cache/audit/audit_line.h"

namespace offline_cache {
namespace {

namespace fs = std::filesystem;
using base::Failure;

constexpr int kMostSetAside = 1000;
constexpr std::size_t kNameDigits = 12;

bool is_audit_file(const fs::path& path) {
  const auto stem = path.stem().string();
  return path.extension() == ".log" && stem.size() == kNameDigits && stem.find_first_not_of("0123456789") == stem.npos;
}

}  // namespace

base::Error audit_file_error(const fs::path& path, int error) {
  return {Failure::audit_unwritable, fmt::format("{}: {}", path.filename().string(), std::strerror(error))};
}

std::vector<fs::path> audit_files(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator(); entry.increment(error))
    if (is_audit_file(entry->path())) files.push_back(entry->path());
  std::sort(files.begin(), files.end());
  return files;
}

fs::path audit_file_name(const fs::path& folder, std::int64_t first_record) {
  return folder / fmt::format("{:012}.log", first_record);
}

base::Status set_audit_aside(const fs::path& data, base::WallTime now) {
  const std::string stamp = utc_text(now).substr(0, 10);
  for (int n = 1; n <= kMostSetAside; ++n) {
    const auto to = data / fmt::format("audit-damaged-{}-{}", stamp, n);
    std::error_code error;
    if (fs::exists(to, error)) continue;
    fs::rename(data / "audit", to, error);
    if (error) return audit_file_error(to, error.value());
    return base::sync_folder(data);
  }
  return base::Error{Failure::audit_unwritable, "too many folders were set aside"};
}

base::Result<AuditReport> verify_audit_log(const fs::path& folder, const AuditTrust& trust) {
  const auto files = audit_files(folder);
  if (files.empty()) return base::Error{Failure::audit_unreadable, folder.string() + ": there is no audit log"};
  AuditWalk walk(trust);
  for (const auto& file : files) {
    const auto bytes = base::read_file(file, kLargestAuditFile);
    if (!bytes) return base::Error{Failure::audit_unreadable, bytes.error().detail};
    walk.file(file.filename().string(), *bytes, file == files.back());
  }
  return walk.finish();
}

}  // namespace offline_cache
