// links: linli_offline_cache linli::sodium
// The platform's catalogue, signed by a trusted key: the worst a platform that was broken into can say. Input: the manifest.
#include <sodium.h>

#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "base/hex.h"
#include "offline_cache/catalogue_store.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace offline_cache;
  static std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> key{};
  static std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
  static const bool made = [] {
    const std::array<unsigned char, crypto_sign_SEEDBYTES> seed{};
    return crypto_sign_seed_keypair(key.data(), secret.data(), seed.data()) == 0;
  }();
  if (!made) return 0;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::vector<std::string> trusted{base::to_hex(key)};
  (void)read_catalogue(text, trusted);  // also as the whole answer
  std::array<unsigned char, crypto_sign_BYTES> signature{};
  crypto_sign_detached(signature.data(), nullptr, data, size, secret.data());
  const nlohmann::json body{{"key", trusted[0]}, {"manifest", text}, {"signature", base::to_hex(signature)}};
  const auto read = read_catalogue(body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), trusted);
  if (!read) return 0;
  if (read->version < 1 || read->services.size() > kMostCatalogueServices || read->notices.size() > kMostNotices) std::abort();
  for (const auto& service : read->services)
    if (service.id.find_first_of("./\\") != service.id.npos || service.size > kLargestServiceFile) std::abort();
  return 0;
}
