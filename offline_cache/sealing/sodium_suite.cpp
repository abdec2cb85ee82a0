#include "offline_cache/sealing/sodium_suite.h"

#include <sodium.h>

#include <array>

namespace offline_cache {
namespace {

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

// libsodium's form of an Ed25519 key: the seed and the public half. Overwritten when it dies.
struct KeyPair {
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> public_half{};
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
  bool ready;
  explicit KeyPair(const base::Secret& seed)
      : ready(sodium_ready() && seed.size() == crypto_sign_SEEDBYTES &&
              crypto_sign_seed_keypair(public_half.data(), secret.data(), bytes_of(seed.reveal())) == 0) {}
  ~KeyPair() { base::wipe(secret.data(), secret.size()); }
  KeyPair(const KeyPair&) = delete;
  KeyPair& operator=(const KeyPair&) = delete;
};

}  // namespace

bool sodium_ready() {
  static const bool ready = sodium_init() >= 0;
  return ready;
}

std::optional<std::string> SodiumSuite::seal(std::string_view plaintext, std::string_view public_key) const {
  std::string sealed(plaintext.size() + crypto_box_SEALBYTES, '\0');
  if (!sodium_ready() || public_key.size() != crypto_box_PUBLICKEYBYTES ||
      crypto_box_seal(bytes_of(sealed), bytes_of(plaintext), plaintext.size(), bytes_of(public_key)) != 0)
    return std::nullopt;
  return sealed;
}

std::optional<base::Secret> SodiumSuite::make_signing_key() const {
  static_assert(kSigningKeyBytes == crypto_sign_SEEDBYTES);
  std::array<char, crypto_sign_SEEDBYTES> seed{};
  if (!sodium_ready()) return std::nullopt;
  randombytes_buf(seed.data(), seed.size());
  base::Secret key(std::string_view(seed.data(), seed.size()));
  base::wipe(seed.data(), seed.size());
  return key;
}

std::optional<std::string> SodiumSuite::public_half(const base::Secret& signing_key) const {
  const KeyPair pair(signing_key);
  if (!pair.ready) return std::nullopt;
  return std::string(pair.public_half.begin(), pair.public_half.end());
}

std::optional<std::string> SodiumSuite::sign(std::string_view message, const base::Secret& signing_key) const {
  const KeyPair pair(signing_key);
  std::string signature(crypto_sign_BYTES, '\0');
  if (!pair.ready ||
      crypto_sign_detached(bytes_of(signature), nullptr, bytes_of(message), message.size(), pair.secret.data()) != 0)
    return std::nullopt;
  return signature;
}

}  // namespace offline_cache
