// A device key for tests: signs with Ed25519, from a seed.
#pragma once

#include <sodium.h>

#include <array>
#include <string>
#include <string_view>

#include "base/hex.h"

namespace test_support {

class TestSigner {
 public:
  explicit TestSigner(std::uint8_t seed = 3) {
    std::array<unsigned char, crypto_sign_SEEDBYTES> bytes{};
    bytes.fill(seed);
    crypto_sign_seed_keypair(public_.data(), secret_.data(), bytes.data());
  }
  std::string public_hex() const { return base::to_hex(public_); }
  std::string sign(std::string_view text) const {  // 64 bytes
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                         reinterpret_cast<const unsigned char*>(text.data()), text.size(), secret_.data());
    return signature;
  }
  std::string sign_hex(std::string_view text) const {
    const auto bytes = sign(text);
    return base::to_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  }

 private:
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> public_{};
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret_{};
};

}  // namespace test_support
