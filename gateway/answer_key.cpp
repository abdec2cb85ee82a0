#include "gateway/answer_key.h"

#include <sodium.h>

#include <array>

#include "base/hex.h"
#include "gateway/secret_file.h"

namespace gateway {
namespace {

struct KeyPair {
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> public_half{};
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
  explicit KeyPair(const base::Secret& seed) {
    crypto_sign_seed_keypair(public_half.data(), secret.data(), reinterpret_cast<const unsigned char*>(seed.reveal().data()));
  }
  ~KeyPair() { base::wipe(secret.data(), secret.size()); }
  KeyPair(const KeyPair&) = delete;
  KeyPair& operator=(const KeyPair&) = delete;
};

}  // namespace

AnswerKey::AnswerKey(base::Secret seed) : seed_(std::move(seed)) {}

base::Result<AnswerKey> AnswerKey::load_or_create(const std::filesystem::path& file) {
  auto seed = load_or_create_secret(file);
  if (!seed) return seed.error();
  return AnswerKey(*std::move(seed));
}

std::string AnswerKey::public_hex() const { return base::to_hex(KeyPair(seed_).public_half); }

std::string AnswerKey::sign(std::string_view message) const {
  const KeyPair pair(seed_);
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                       reinterpret_cast<const unsigned char*>(message.data()), message.size(), pair.secret.data());
  return signature;
}

}  // namespace gateway
