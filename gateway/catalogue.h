// What this platform offers its terminals, read once at start: the folder of service definitions (assets/services/: one JSON
// file each) and the hall notices. Of a definition only id, version and its bytes matter here.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "gateway/answer_key.h"
#include "gateway/digest.h"
#include "gateway/office_key.h"

namespace gateway {

inline constexpr int kHighestServiceVersion = 1'000'000;

struct OfferedService {
  std::string id;  // [a-z0-9-], also the file's name
  int version = 1;
  Digest digest{};
  std::string bytes{};  // of the definition; what /v1/blobs gives out
};

class Catalogue {
 public:
  // `notices`: a JSON list of {"id", "text": {language: sentence}}.
  explicit Catalogue(std::vector<OfferedService> services, std::string notices = "[]")
      : services_(std::move(services)), notices_(std::move(notices)) {}

  const OfferedService* find(std::string_view id) const;
  const std::vector<OfferedService>& services() const { return services_; }  // sorted by id

  // The definition with this digest; null when there is none.
  const OfferedService* blob(const Digest& digest) const;

  // Changes exactly when a service, a notice or the key changes.
  Digest content_digest(const OfficeKeys& keys) const;
  // What is signed. `expires`: a timestamp.
  std::string manifest(const OfficeKeys& keys, std::int64_t version, const std::string& expires) const;

 private:
  std::vector<OfferedService> services_;
  std::string notices_;
};

// When a state of the catalogue that began at this timestamp is too old to be trusted: 400 days later.
std::string expiry_of(std::string_view since);

// The answer to GET /v1/catalogue.
std::string signed_catalogue(const std::string& manifest, const AnswerKey& key);

// Every *.json of the folder. A broken definition is logged and left out; service_none when nothing is left. `notices`: a file,
// empty = none; one that cannot be read or is not as the contract says is config_invalid.
base::Result<Catalogue> load_catalogue(const std::filesystem::path& folder, const std::filesystem::path& notices = {});

}  // namespace gateway
