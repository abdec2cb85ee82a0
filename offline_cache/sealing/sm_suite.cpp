#include "offline_cache/sealing/sm_suite.h"

#include <array>

#include "offline_cache/sealing/sm.h"

namespace offline_cache {
namespace {

constexpr std::size_t kCipherKey = 16, kMacKey = 32, kIv = 16;  // bytes
constexpr std::string_view kLabel = "linli-suite-2";

// Fresh random bytes, overwritten when they die.
template <std::size_t Size>
struct Fresh {
  std::array<char, Size> bytes{};
  bool ready = sm::random(bytes);
  Fresh() = default;
  ~Fresh() { base::wipe(bytes.data(), bytes.size()); }
  Fresh(const Fresh&) = delete;
  Fresh& operator=(const Fresh&) = delete;
  std::string_view view(std::size_t from = 0, std::size_t size = Size) const {
    return std::string_view(bytes.data(), bytes.size()).substr(from, size);
  }
};

std::string length_of(std::string_view wrapped) {
  return {static_cast<char>(wrapped.size() >> 8U), static_cast<char>(wrapped.size() & 0xFFU)};
}

}  // namespace

std::optional<std::string> SmSuite::seal(std::string_view plaintext, std::string_view public_key) const {
  const Fresh<kCipherKey + kMacKey> keys;
  const Fresh<kIv> iv;
  if (!keys.ready || !iv.ready) return std::nullopt;
  const auto wrapped = sm::sm2_encrypt(keys.view(), public_key);
  if (!wrapped) return std::nullopt;
  const auto ciphertext = sm::sm4_ctr(plaintext, keys.view(0, kCipherKey), iv.view());
  if (!ciphertext) return std::nullopt;
  std::string sealed = length_of(*wrapped) + *wrapped;
  sealed.append(iv.view()).append(*ciphertext);
  const auto tag = sm::hmac_sm3(std::string(kLabel) + sealed, keys.view(kCipherKey));
  if (!tag) return std::nullopt;
  return sealed + *tag;
}

std::optional<base::Secret> SmSuite::make_signing_key() const { return sm::make_private_key(); }

std::optional<std::string> SmSuite::public_half(const base::Secret& signing_key) const { return sm::public_point(signing_key); }

std::optional<std::string> SmSuite::sign(std::string_view message, const base::Secret& signing_key) const {
  return sm::sm2_sign(message, signing_key);
}

}  // namespace offline_cache
