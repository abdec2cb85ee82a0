// The services this platform takes applications for, read once at start from the folder of service definitions
// (assets/services/: one JSON file each). Of a definition only id, version and the digest of its bytes matter here.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "gateway/digest.h"
#include "gateway/office_key.h"

namespace gateway {

inline constexpr int kHighestServiceVersion = 1'000'000;

struct OfferedService {
  std::string id;  // [a-z0-9-], also the file's name
  int version = 1;
  Digest digest{};
};

class Catalogue {
 public:
  explicit Catalogue(std::vector<OfferedService> services) : services_(std::move(services)) {}

  const OfferedService* find(std::string_view id) const;
  const std::vector<OfferedService>& services() const { return services_; }  // sorted by id

  // Changes exactly when a service or a key changes.
  Digest content_digest(const OfficeKeys& keys) const;
  // The document of GET /v1/catalogue.
  std::string document(const OfficeKeys& keys, std::int64_t version) const;

 private:
  std::vector<OfferedService> services_;
};

// Every *.json of the folder. A broken definition is logged and left out; service_none when nothing is left.
base::Result<Catalogue> load_catalogue(const std::filesystem::path& folder);

}  // namespace gateway
