#include "offline_cache/digest.h"

#include <sodium.h>

namespace offline_cache {
namespace {

const unsigned char* as_bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

}  // namespace

Digest sha256(std::string_view bytes) {
  Digest digest{};
  crypto_hash_sha256(digest.data(), as_bytes(bytes), bytes.size());
  return digest;
}

std::string base64(std::string_view bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), as_bytes(bytes), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // its closing zero
  return text;
}

std::string wire_form(const Digest& digest) {
  return "sha-256=:" + base64({reinterpret_cast<const char*>(digest.data()), digest.size()}) + ":";
}

}  // namespace offline_cache
