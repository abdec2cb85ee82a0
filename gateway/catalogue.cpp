#include "gateway/catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/hex.h"
#include "base/log.h"
#include "gateway/json_members.h"
#include "gateway/opening.h"
#include "gateway/strict_json.h"
#include "gateway/timestamp.h"

namespace gateway {
namespace {

using base::Failure;
using nlohmann::json;

constexpr std::size_t kLargestDefinition = 256U << 10U;  // bytes
constexpr std::size_t kLargestNotices = 32U << 10U;      // bytes
constexpr std::size_t kMostNotices = 20;
constexpr std::size_t kLongestNotice = 400;  // bytes in one language
constexpr std::chrono::days kCatalogueLife{400};
constexpr std::size_t kLongestServiceId = 64;  // characters
constexpr std::string_view kIdCharacters = "abcdefghijklmnopqrstuvwxyz0123456789-";

std::string to_hex(std::string_view bytes) {
  return base::to_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

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
  return OfferedService{std::string(id), version.get<int>(), sha256(*bytes), *bytes};
}

bool is_notice(const json& notice) {
  const auto id = text_member(notice, "id");
  const json& text = member(notice, "text");
  return has_exactly(notice, {"id", "text"}) && id.size() <= kLongestServiceId && consists_of(id, kIdCharacters) &&
         text.is_object() && !text.empty() && std::all_of(text.begin(), text.end(), [](const json& words) {
           return words.is_string() && !words.get_ref<const std::string&>().empty() &&
                  words.get_ref<const std::string&>().size() <= kLongestNotice;
         });
}

base::Result<std::string> load_notices(const std::filesystem::path& file) {
  if (file.empty()) return std::string("[]");
  const auto bytes = base::read_file(file, kLargestNotices);
  if (!bytes) return base::Error{Failure::config_invalid, bytes.error().detail};
  const auto list = parse_strict_json(*bytes);
  if (!list) return base::Error{Failure::config_invalid, fmt::format("{}: {}", file.string(), list.error())};
  if (!list->is_array() || list->size() > kMostNotices || !std::all_of(list->begin(), list->end(), is_notice))
    return base::Error{
        Failure::config_invalid,
        fmt::format("{}: not a list of at most {} notices, {{\"id\", \"text\": {{\"zh\": …}}}}", file.string(), kMostNotices)};
  return list->dump();
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
    services.push_back({{"id", service.id},
                        {"sha256", base::to_hex(service.digest)},
                        {"size", service.bytes.size()},
                        {"version", service.version}});
  return services;
}

// Those to seal to, now or from a time on.
json seal_keys_of(const OfficeKeys& keys) {
  json offered = json::array();
  for (const OfficeKey& key : keys) {
    if (key.retired()) continue;
    json each{{"kid", key.id()}, {"public", key.public_hex()}, {"suite", key.suite()}};
    if (!key.not_before().empty()) each["not_before"] = key.not_before();
    if (!key.not_after().empty()) each["not_after"] = key.not_after();
    offered.push_back(std::move(each));
  }
  return offered;
}

json content(const Catalogue& catalogue, const std::string& notices, const OfficeKeys& keys) {
  return {
      {"notices", json::parse(notices, nullptr, false)}, {"services", services_of(catalogue)}, {"seal_keys", seal_keys_of(keys)}};
}

}  // namespace

const OfferedService* Catalogue::find(std::string_view id) const {
  const auto found = std::find_if(services_.begin(), services_.end(), [&](const auto& service) { return service.id == id; });
  return found == services_.end() ? nullptr : &*found;
}

const OfferedService* Catalogue::blob(const Digest& digest) const {
  const auto found =
      std::find_if(services_.begin(), services_.end(), [&](const auto& service) { return service.digest == digest; });
  return found == services_.end() ? nullptr : &*found;
}

Digest Catalogue::content_digest(const OfficeKeys& keys) const { return sha256(content(*this, notices_, keys).dump()); }

std::string Catalogue::manifest(const OfficeKeys& keys, std::int64_t version, const std::string& expires) const {
  json document = content(*this, notices_, keys);
  document["version"] = version;
  document["expires"] = expires;
  return document.dump();
}

std::string expiry_of(std::string_view since) {
  int year = 0;
  unsigned month = 1, day = 1;
  std::from_chars(since.data(), since.data() + 4, year);
  std::from_chars(since.data() + 5, since.data() + 7, month);
  std::from_chars(since.data() + 8, since.data() + 10, day);
  const std::chrono::sys_days began = std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day);
  return to_timestamp(began + kCatalogueLife);
}

std::string signed_catalogue(const std::string& manifest, const AnswerKey& key) {
  return json{{"key", key.public_hex()}, {"manifest", manifest}, {"signature", to_hex(key.sign(manifest))}}.dump();
}

base::Result<Catalogue> load_catalogue(const std::filesystem::path& folder, const std::filesystem::path& notices) {
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
  auto told = load_notices(notices);
  if (!told) return told.error();
  return Catalogue(std::move(services), *std::move(told));
}

}  // namespace gateway
