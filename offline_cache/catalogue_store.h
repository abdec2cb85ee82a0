// What the platform offers, kept on this machine: services, hall notices, ticket windows (services of kind "ticket") and the
// office's public keys. Facts: gateway §4.4; faults 71, 72, 93.
//
// The platform answers GET /v1/catalogue with {"key","manifest","signature"}: the manifest is the exact text that was signed
// (Ed25519). The manifest names each service's bytes by SHA-256; they come from /v1/blobs/sha256/<hex>.
//
//   fetch, If-None-Match etag()      304 → nothing to do
//   offer(body)                      signature, form, version, limits; says which blobs are missing
//   add_blob(digest, bytes) …        each must be what it claims to be
//   commit()                         written aside, synced, renamed: the new generation is whole or absent after a power cut
//
// Two generations are kept. What is read at start must verify again; what does not is passed over for the one before it (last
// good) and is an alarm. A version lower than any ever kept is refused. An expired catalogue is an alarm too; it stays in use.
// Thread: one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "offline_cache/digest.h"

namespace offline_cache {

inline constexpr std::size_t kLargestManifest = 64U << 10U;      // bytes of the whole answer
inline constexpr std::size_t kLargestServiceFile = 256U << 10U;  // bytes
inline constexpr std::size_t kMostCatalogueServices = 100;
inline constexpr std::size_t kMostNotices = 20;
inline constexpr std::size_t kLongestNotice = 400;  // bytes in one language
inline constexpr std::size_t kMostOfferedKeys = 8;

struct CatalogueService {
  std::string id;  // [a-z0-9-]
  int version = 1;
  Digest digest{};
  std::size_t size = 0;  // bytes
};

// A sentence the hall wants everybody to see.
struct HallNotice {
  std::string id;
  std::map<std::string, std::string> text;  // by language
};

struct OfferedKey {
  std::string kid, public_hex;
  int suite = 1;
  std::optional<base::WallTime> not_before{}, not_after{};  // nothing: no limit on that side
};

struct CatalogueManifest {
  std::int64_t version = 0;
  std::string expires;  // RFC 3339, UTC
  std::vector<CatalogueService> services;
  std::vector<HallNotice> notices;
  std::vector<OfferedKey> seal_keys;
};

// catalogue_broken: no such answer, a wrong signature, beyond a limit. `trusted`: Ed25519 public keys, 64 hex digits each; two
// while keys are changed.
base::Result<CatalogueManifest> read_catalogue(std::string_view body, const std::vector<std::string>& trusted);

struct KeptCatalogue {
  CatalogueManifest manifest;
  std::filesystem::path services;  // folder of <id>.json, as load_services() takes it
};

class CatalogueStore {
 public:
  // Reads what is there, under `data/catalogue`. Without any trusted key nothing is ever kept.
  CatalogueStore(std::filesystem::path data, std::vector<std::string> trusted);

  const std::optional<KeptCatalogue>& current() const { return current_; }
  // catalogue_broken: a kept generation was damaged.
  std::optional<base::Failure> alarm() const { return alarm_; }
  std::string etag() const { return etag_; }  // of current(); empty when there is none
  bool expired(base::WallTime now) const;

  // The digests that have to be fetched before commit(). Empty and not wanted: it is the one we have.
  struct Offer {
    bool wanted = false;
    std::vector<CatalogueService> missing;
  };
  // catalogue_older: a lower version than one that was kept, or another text under the same version.
  base::Result<Offer> offer(std::string body);
  base::Status add_blob(const Digest& digest, std::string bytes);
  base::Status commit();

 private:
  struct Pending {
    std::string body;
    CatalogueManifest manifest;
    std::map<Digest, std::string> blobs;
  };
  bool load(const std::filesystem::path& generation);
  base::Status write_generation(const std::filesystem::path& folder) const;
  void forget_old_generations();

  std::filesystem::path folder_;
  std::vector<std::string> trusted_;
  std::optional<KeptCatalogue> current_;
  std::optional<Pending> pending_;
  std::optional<base::Failure> alarm_;
  std::string etag_;
  std::int64_t highest_ = 0;  // version ever kept, readable or not
};

}  // namespace offline_cache
