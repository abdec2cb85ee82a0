#include "gateway/catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/log.h"
#include "gateway/json_members.h"
#include "gateway/opening.h"
#include "gateway/strict_json.h"

namespace gateway {
namespace {

using base::Failure;
using nlohmann::json;

constexpr std::size_t kLargestDefinition = 1U << 20U;  // bytes
constexpr std::size_t kLongestServiceId = 64;          // characters
constexpr std::string_view kIdCharacters = "abcdefghijklmnopqrstuvwxyz0123456789-";

base::Error broken(const std::filesystem::path& file, std::string_view reason) {
  return {Failure::service_broken, fmt::format("{}: {}", file.string(), reason)};
}

base::Result<OfferedService> load_definition(const std::filesystem::path& file) {
  const auto bytes = base::read_file(file, kLargestDefinition);
  if (!bytes) return base::Error{Failure::service_broken, bytes.error().detail};
  const auto definition = parse_strict_json(*bytes);
  if (!definition) return broken(file, definition.error());
  const auto id = text_member(*definition, "id");
  if (id.size() > kLongestServiceId || !consists_of(id, kIdCharacters) || id != file.stem().string())
    return broken(file, "/id: not the file's name in lower-case letters, digits and '-'");
  const json& version = member(*definition, "version");
  if (!version.is_number_integer() || version < 1 || version > kHighestServiceVersion)
    return broken(file, "/version: not a whole number from 1 to 1000000");
  return OfferedService{std::string(id), version.get<int>(), sha256(*bytes)};
}

base::Result<std::vector<std::filesystem::path>> definition_files(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::directory_iterator entries(folder, error);
  std::vector<std::filesystem::path> files;
  for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error))
    if (entries->path().extension() == ".json") files.push_back(entries->path());
  if (error) return base::Error{Failure::service_none, fmt::format("{}: {}", folder.string(), error.message())};
  return files;
}

json services_of(const Catalogue& catalogue) {
  json services = json::array();
  for (const OfferedService& service : catalogue.services())
    services.push_back({{"digest", to_field(service.digest)}, {"id", service.id}, {"version", service.version}});
  return services;
}

// Those to seal to: the newest of each suite.
json seal_keys_of(const OfficeKeys& keys) {
  json current = json::array();
  for (int suite = 1; suite <= kHighestSuite; ++suite) {
    const auto key = std::find_if(keys.begin(), keys.end(), [&](const OfficeKey& each) { return each.suite() == suite; });
    if (key != keys.end()) current.push_back({{"kid", key->id()}, {"public", key->public_hex()}, {"suite", suite}});
  }
  return current;
}

json document_without_version(const Catalogue& catalogue, const OfficeKeys& keys) {
  return {{"services", services_of(catalogue)}, {"seal_keys", seal_keys_of(keys)}};
}

}  // namespace

const OfferedService* Catalogue::find(std::string_view id) const {
  const auto found = std::find_if(services_.begin(), services_.end(), [&](const auto& service) { return service.id == id; });
  return found == services_.end() ? nullptr : &*found;
}

Digest Catalogue::content_digest(const OfficeKeys& keys) const {
  return sha256(document_without_version(*this, keys).dump());
}

std::string Catalogue::document(const OfficeKeys& keys, std::int64_t version) const {
  json document = document_without_version(*this, keys);
  document["version"] = version;
  return document.dump();
}

base::Result<Catalogue> load_catalogue(const std::filesystem::path& folder) {
  const auto files = definition_files(folder);
  if (!files) return files.error();
  std::vector<OfferedService> services;
  for (const auto& file : *files) {
    auto service = load_definition(file);
    if (service)
      services.push_back(*std::move(service));
    else
      base::log::failure(service.error());
  }
  if (services.empty())
    return base::Error{Failure::service_none, fmt::format("{}: no service definition can be used", folder.string())};
  std::sort(services.begin(), services.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return Catalogue(std::move(services));
}

}  // namespace gateway
