#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/hex.h"
#include "offline_cache/catalogue_store.h"
#include "offline_cache/strict_json.h"
#include "offline_cache/timestamp.h"

namespace offline_cache {
namespace {

using nlohmann::json;

constexpr std::size_t kLongestId = 64;
constexpr int kHighestServiceVersion = 1'000'000;
constexpr std::string_view kIdCharacters = "abcdefghijklmnopqrstuvwxyz0123456789-";

base::Error broken(std::string_view why) { return {base::Failure::catalogue_broken, std::string(why)}; }

bool signature_fits(const FlatJson& answer, std::string_view manifest, const std::vector<std::string>& trusted) {
  const auto key = answer.string("key");
  if (std::find(trusted.begin(), trusted.end(), key) == trusted.end()) return false;
  const auto public_key = base::from_hex(key);
  const auto signature = base::from_hex(answer.string("signature"));
  if (!public_key || public_key->size() != crypto_sign_PUBLICKEYBYTES) return false;
  if (!signature || signature->size() != crypto_sign_BYTES) return false;
  const auto* bytes = reinterpret_cast<const unsigned char*>(manifest.data());
  return crypto_sign_verify_detached(signature->data(), bytes, manifest.size(), public_key->data()) == 0;
}

// The members of an object that must be there; throws json::exception, caught at the one call.
std::string id_of(const json& object) {
  auto id = object.at("id").get<std::string>();
  if (id.empty() || id.size() > kLongestId || id.find_first_not_of(kIdCharacters) != id.npos) throw std::invalid_argument("id");
  return id;
}

template <class Integer>
Integer within(const json& value, Integer least, Integer most) {
  if (!value.is_number_integer() || value < least || value > most) throw std::invalid_argument("number");
  return value.get<Integer>();
}

CatalogueService service_of(const json& object) {
  CatalogueService service{id_of(object), within(object.at("version"), 1, kHighestServiceVersion), {}, 0};
  const auto hash = base::from_hex(object.at("sha256").get<std::string>());
  if (!hash || hash->size() != service.digest.size()) throw std::invalid_argument("sha256");
  std::copy(hash->begin(), hash->end(), service.digest.begin());
  service.size = within<std::size_t>(object.at("size"), 1, kLargestServiceFile);
  return service;
}

HallNotice notice_of(const json& object) {
  HallNotice notice{id_of(object), {}};
  for (const auto& [language, text] : object.at("text").items()) {
    const auto& words = text.get_ref<const std::string&>();
    if (language.size() > 35 || words.empty() || words.size() > kLongestNotice) throw std::invalid_argument("text");
    notice.text.emplace(language, words);
  }
  if (notice.text.empty()) throw std::invalid_argument("text");
  return notice;
}

std::optional<base::WallTime> time_of(const json& object, const char* name) {
  if (!object.contains(name)) return std::nullopt;
  const auto time = parse_timestamp(object.at(name).get<std::string>());
  if (!time) throw std::invalid_argument(name);
  return time;
}

OfferedKey offered_key_of(const json& object) {
  OfferedKey key{object.at("kid").get<std::string>(), object.at("public").get<std::string>(), within(object.at("suite"), 1, 100),
                 time_of(object, "not_before"), time_of(object, "not_after")};
  if (key.kid.size() > kLongestId || key.public_hex.size() > 1024) throw std::invalid_argument("key");
  return key;
}

template <class Item>
std::vector<Item> list_of(const json& list, std::size_t most, Item (*read)(const json&)) {
  if (!list.is_array() || list.size() > most) throw std::invalid_argument("list");
  std::vector<Item> items;
  for (const auto& each : list) items.push_back(read(each));
  return items;
}

CatalogueManifest manifest_of(const json& object) {
  CatalogueManifest manifest;
  manifest.version = within<std::int64_t>(object.at("version"), 1, INT64_MAX);
  manifest.expires = object.at("expires").get<std::string>();
  if (manifest.expires.size() != 20) throw std::invalid_argument("expires");
  manifest.services = list_of(object.at("services"), kMostCatalogueServices, &service_of);
  manifest.notices = list_of(object.at("notices"), kMostNotices, &notice_of);
  manifest.seal_keys = list_of(object.at("seal_keys"), kMostOfferedKeys, &offered_key_of);
  for (std::size_t i = 1; i < manifest.services.size(); ++i)
    if (manifest.services[i - 1].id >= manifest.services[i].id) throw std::invalid_argument("services are not in order");
  return manifest;
}

}  // namespace

base::Result<CatalogueManifest> read_catalogue(std::string_view body, const std::vector<std::string>& trusted) {
  if (sodium_init() < 0) return broken("libsodium does not start");
  const auto answer = read_strict_json(body, kLargestManifest);
  if (!answer) return broken(answer.error().detail);
  const auto text = answer->string("manifest");
  if (!signature_fits(*answer, text, trusted)) return broken("the signature is not of a key this machine trusts");
  // Twice and deep members are refused before anything is built.
  if (auto strict = read_strict_json(text, kLargestManifest); !strict) return broken(strict.error().detail);
  try {
    return manifest_of(json::parse(text));
  } catch (const std::exception&) { return broken("the manifest has not the form of one"); }
}

}  // namespace offline_cache
