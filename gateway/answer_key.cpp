#include "gateway/answer_key.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>

#include "base/files.h"
#include "base/hex.h"
#include "gateway/durable_file.h"
#include "gateway/opening.h"

namespace gateway {
namespace {

constexpr std::size_t kLongestAnswerKeyFile = 4096;  // bytes

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

base::Status create(const std::filesystem::path& file) {
  std::string seed = make_secret_key(1);  // 32 random bytes
  std::string text = base::to_hex({reinterpret_cast<const std::uint8_t*>(seed.data()), seed.size()}) + "\n";
  base::wipe(seed);
  auto written = create_private_file(file, text);
  base::wipe(text);
  return written;
}

}  // namespace

AnswerKey::AnswerKey(base::Secret seed) : seed_(std::move(seed)) {}

base::Result<AnswerKey> AnswerKey::load_or_create(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::exists(std::filesystem::symlink_status(file, error)))
    if (auto made = create(file); !made) return made.error();
  auto text = base::read_file(file, kLongestAnswerKeyFile);
  if (!text) return text.error();
  auto bytes = base::from_hex(std::string_view(*text).substr(0, text->find('\n')));
  base::wipe(*text);
  if (!bytes || bytes->size() != crypto_sign_SEEDBYTES)
    return base::Error{base::Failure::config_invalid, fmt::format("{}: not a key (64 hex digits expected)", file.string())};
  base::Secret seed(std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size()));
  base::wipe(bytes->data(), bytes->size());
  return AnswerKey(std::move(seed));
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
