// The office's public key. Only the office holds the other half: a stolen machine contains no key that opens anything.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace offline_cache {

struct OfficeKey {
  int suite = 1;  // 1: libsodium sealed box, X25519 + XSalsa20-Poly1305. A second suite is a second value here.
  std::array<std::uint8_t, 32> public_key{};
  std::string id;  // `kid`: first 16 hex digits of SHA-256 of the key

  // 64 hex digits. save_no_seal_key when it is not a key, including the points nothing can be sealed to.
  static base::Result<OfficeKey> parse(std::string_view hex);
};

// libsodium is ready; once per process, any thread.
bool sodium_ready();

}  // namespace offline_cache
