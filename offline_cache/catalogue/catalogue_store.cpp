#include "offline_cache/catalogue_store.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "base/failpoint.h"
#include "base/file_descriptor.h"
#include "base/files.h"
#include "base/hex.h"
#include "base/log.h"

namespace offline_cache {
namespace {

namespace fs = std::filesystem;
using base::Failure;

constexpr std::size_t kKeptGenerations = 2;
constexpr std::size_t kTagDigits = 32;

base::Error file_error(const fs::path& path, int error) {
  return {error == ENOSPC ? Failure::save_disk_full : Failure::save_io_error,
          fmt::format("{}: {}", path.filename().string(), std::strerror(error))};
}

base::Status write_durably(const fs::path& path, std::string_view bytes) {
  const base::FileDescriptor file(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.valid()) return file_error(path, errno);
  while (!bytes.empty()) {
    const ssize_t wrote = write(file.get(), bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return file_error(path, errno);
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
  if (fsync(file.get()) != 0) return file_error(path, errno);
  LINLI_FAILPOINT("catalogue-file-written");
  return {};
}

std::string name_of(std::int64_t version) { return fmt::format("generation-{:019}", version); }

// The version in the folder's name; 0 when it is no generation.
std::int64_t version_of(const fs::path& folder) {
  constexpr std::string_view kPrefix = "generation-";
  const std::string name = folder.filename().string();
  if (!name.starts_with(kPrefix) || name.size() != kPrefix.size() + 19) return 0;
  std::int64_t version = 0;
  const auto [end, error] = std::from_chars(name.data() + kPrefix.size(), name.data() + name.size(), version);
  return error == std::errc() && end == name.data() + name.size() ? version : 0;
}

// Newest first.
std::vector<fs::path> generations(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> found;
  for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator(); entry.increment(error))
    if (version_of(entry->path()) > 0) found.push_back(entry->path());
  std::sort(found.rbegin(), found.rend());
  return found;
}

bool blobs_fit(const CatalogueManifest& manifest, const fs::path& services) {
  return std::all_of(manifest.services.begin(), manifest.services.end(), [&](const CatalogueService& service) {
    const auto bytes = base::read_file(services / (service.id + ".json"), kLargestServiceFile);
    return bytes && bytes->size() == service.size && sha256(*bytes) == service.digest;
  });
}

}  // namespace

CatalogueStore::CatalogueStore(fs::path data, std::vector<std::string> trusted)
    : folder_(std::move(data) / "catalogue"), trusted_(std::move(trusted)) {
  for (const auto& generation : generations(folder_)) {
    highest_ = std::max(highest_, version_of(generation));
    if (current_) break;
    if (load(generation)) continue;
    alarm_ = Failure::catalogue_broken;
    base::log::failure(
        {Failure::catalogue_broken, generation.filename().string() + " does not verify; the one before it is used"});
  }
}

bool CatalogueStore::load(const fs::path& generation) {
  const auto body = base::read_file(generation / "catalogue.json", kLargestManifest);
  if (!body) return false;
  auto manifest = read_catalogue(*body, trusted_);
  if (!manifest || manifest->version != version_of(generation) || !blobs_fit(*manifest, generation / "services")) return false;
  etag_ = '"' + base::to_hex(sha256(*body)).substr(0, kTagDigits) + '"';
  current_ = KeptCatalogue{*std::move(manifest), generation / "services"};
  return true;
}

bool CatalogueStore::expired(base::WallTime now) const {
  if (!current_) return false;
  const auto day = std::chrono::floor<std::chrono::days>(now);
  const std::chrono::year_month_day date(day);
  const std::string today = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                                        static_cast<unsigned>(date.day()));
  return current_->manifest.expires.substr(0, 10) < today;
}

base::Result<CatalogueStore::Offer> CatalogueStore::offer(std::string body) {
  pending_.reset();
  auto manifest = read_catalogue(body, trusted_);
  if (!manifest) return manifest.error();
  const std::string tag = '"' + base::to_hex(sha256(body)).substr(0, kTagDigits) + '"';
  if (current_ && tag == etag_) return Offer{};
  const bool repairs = manifest->version == highest_ && (!current_ || current_->manifest.version < highest_);
  if (manifest->version <= highest_ && !repairs)
    return base::Error{Failure::catalogue_older, fmt::format("version {}, but {} was kept", manifest->version, highest_)};
  Pending pending{std::move(body), *std::move(manifest), {}};
  Offer answer{true, {}};
  for (const auto& service : pending.manifest.services) {
    auto have = current_ ? base::read_file(current_->services / (service.id + ".json"), kLargestServiceFile)
                         : base::Result<std::string>(Failure::asset_missing);
    if (have && sha256(*have) == service.digest)
      pending.blobs.emplace(service.digest, *std::move(have));
    else
      answer.missing.push_back(service);
  }
  pending_ = std::move(pending);
  return answer;
}

base::Status CatalogueStore::add_blob(const Digest& digest, std::string bytes) {
  if (!pending_) return base::Error{Failure::internal, "no catalogue was offered"};
  if (bytes.size() > kLargestServiceFile || sha256(bytes) != digest)
    return base::Error{Failure::catalogue_broken, "a service file is not the one that was signed"};
  pending_->blobs.emplace(digest, std::move(bytes));
  return {};
}

base::Status CatalogueStore::write_generation(const fs::path& folder) const {
  if (auto made = base::make_folder(folder); !made) return made;
  if (auto made = base::make_folder(folder / "services"); !made) return made;
  for (const auto& service : pending_->manifest.services) {
    const auto blob = pending_->blobs.find(service.digest);
    if (blob == pending_->blobs.end() || blob->second.size() != service.size)
      return base::Error{Failure::catalogue_broken, service.id + ": its file is missing"};
    if (auto written = write_durably(folder / "services" / (service.id + ".json"), blob->second); !written) return written;
  }
  if (auto written = write_durably(folder / "catalogue.json", pending_->body); !written) return written;
  if (auto synced = base::sync_folder(folder / "services"); !synced) return synced;
  return base::sync_folder(folder);
}

base::Status CatalogueStore::commit() {
  if (!pending_) return base::Error{Failure::internal, "no catalogue was offered"};
  if (auto made = base::make_folder(folder_); !made) return made;
  const fs::path aside = folder_ / "new";
  const fs::path target = folder_ / name_of(pending_->manifest.version);
  std::error_code error;
  fs::remove_all(aside, error);
  if (auto written = write_generation(aside); !written) return written;
  // A damaged generation of the same version makes room for its repair.
  fs::remove_all(target, error);
  LINLI_FAILPOINT("catalogue-made-aside");
  fs::rename(aside, target, error);
  if (error) return file_error(target, error.value());
  LINLI_FAILPOINT("catalogue-renamed");
  if (auto synced = base::sync_folder(folder_); !synced) return synced;
  highest_ = std::max(highest_, pending_->manifest.version);
  pending_.reset();
  if (!load(target)) return base::Error{Failure::save_io_error, "the catalogue was not read back as it was written"};
  alarm_.reset();
  forget_old_generations();
  return {};
}

void CatalogueStore::forget_old_generations() {
  const auto found = generations(folder_);
  std::error_code ignored;
  for (std::size_t i = kKeptGenerations; i < found.size(); ++i) fs::remove_all(found[i], ignored);
}

}  // namespace offline_cache
