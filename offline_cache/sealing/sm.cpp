#include "offline_cache/sealing/sm.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>
#include <openssl/rand.h>

#include <array>
#include <memory>

namespace offline_cache::sm {
namespace {

template <auto Free>
struct Freeing {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freeing<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freeing<EVP_MD_CTX_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Freeing<EVP_CIPHER_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Freeing<BN_clear_free>>;
using Group = std::unique_ptr<EC_GROUP, Freeing<EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, Freeing<EC_POINT_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freeing<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freeing<OSSL_PARAM_free>>;

constexpr std::string_view kIdentity = "1234567812345678";
constexpr std::size_t kPoint = 65;  // bytes: 04 x y

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

// With `secret`: the pair; without: the public half.
Key key_of(std::string_view point, const BIGNUM* secret) {
  const Builder builder(OSSL_PARAM_BLD_new());
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr));
  if (!builder || !context || point.size() != kPoint ||
      OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "SM2", 0) != 1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) != 1 ||
      (secret != nullptr && OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, secret) != 1))
    return nullptr;
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  EVP_PKEY* key = nullptr;
  if (!parameters || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, secret != nullptr ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
    return nullptr;
  return Key(key);
}

Number number_of(const base::Secret& private_key) {
  return Number(BN_bin2bn(bytes_of(private_key.reveal()), static_cast<int>(private_key.size()), nullptr));
}

}  // namespace

bool random(std::span<char> bytes) {
  return RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size())) == 1;
}

std::optional<std::string> sm2_encrypt(std::string_view plaintext, std::string_view public_key) {
  const Key key = key_of(public_key, nullptr);
  const KeyContext context(key ? EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr) : nullptr);
  std::size_t size = 0;
  if (!context || EVP_PKEY_public_check(context.get()) != 1 || EVP_PKEY_encrypt_init(context.get()) != 1 ||
      EVP_PKEY_encrypt(context.get(), nullptr, &size, bytes_of(plaintext), plaintext.size()) != 1)
    return std::nullopt;
  std::string ciphertext(size, '\0');
  if (EVP_PKEY_encrypt(context.get(), bytes_of(ciphertext), &size, bytes_of(plaintext), plaintext.size()) != 1)
    return std::nullopt;
  ciphertext.resize(size);
  return ciphertext;
}

std::optional<base::Secret> make_private_key() {
  const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2"));
  BIGNUM* found = nullptr;
  if (!key || EVP_PKEY_get_bn_param(key.get(), OSSL_PKEY_PARAM_PRIV_KEY, &found) != 1) return std::nullopt;
  const Number number(found);
  std::array<char, 32> bytes{};
  if (BN_bn2binpad(number.get(), reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size())) < 0)
    return std::nullopt;
  base::Secret secret(std::string_view(bytes.data(), bytes.size()));
  base::wipe(bytes.data(), bytes.size());
  return secret;
}

std::optional<std::string> public_point(const base::Secret& private_key) {
  const Number number = number_of(private_key);
  const Group group(EC_GROUP_new_by_curve_name(NID_sm2));
  const Point point(group ? EC_POINT_new(group.get()) : nullptr);
  std::string bytes(kPoint, '\0');
  if (!number || !point || BN_is_zero(number.get()) ||
      EC_POINT_mul(group.get(), point.get(), number.get(), nullptr, nullptr, nullptr) != 1 ||
      EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, bytes_of(bytes), bytes.size(), nullptr) !=
          kPoint)
    return std::nullopt;
  return bytes;
}

std::optional<std::string> sm2_sign(std::string_view message, const base::Secret& private_key) {
  const auto point = public_point(private_key);
  const Number number = number_of(private_key);
  const Key key = point ? key_of(*point, number.get()) : nullptr;
  const DigestContext digest(EVP_MD_CTX_new());
  EVP_PKEY_CTX* inner = nullptr;
  std::size_t size = 0;
  if (!key || !digest || EVP_DigestSignInit_ex(digest.get(), &inner, "SM3", nullptr, nullptr, key.get(), nullptr) != 1 ||
      EVP_PKEY_CTX_set1_id(inner, kIdentity.data(), static_cast<int>(kIdentity.size())) != 1 ||
      EVP_DigestSign(digest.get(), nullptr, &size, bytes_of(message), message.size()) != 1)
    return std::nullopt;
  std::string signature(size, '\0');
  if (EVP_DigestSign(digest.get(), bytes_of(signature), &size, bytes_of(message), message.size()) != 1) return std::nullopt;
  signature.resize(size);
  return signature;
}

std::optional<std::string> sm4_ctr(std::string_view plaintext, std::string_view key, std::string_view iv) {
  const CipherContext context(EVP_CIPHER_CTX_new());
  std::string ciphertext(plaintext.size(), '\0');
  int size = 0;
  if (!context || key.size() != 16 || iv.size() != 16 ||
      EVP_EncryptInit_ex2(context.get(), EVP_sm4_ctr(), bytes_of(key), bytes_of(iv), nullptr) != 1 ||
      EVP_EncryptUpdate(context.get(), bytes_of(ciphertext), &size, bytes_of(plaintext), static_cast<int>(plaintext.size())) !=
          1 ||
      static_cast<std::size_t>(size) != plaintext.size())
    return std::nullopt;
  return ciphertext;
}

std::optional<std::string> hmac_sm3(std::string_view message, std::string_view key) {
  std::string tag(32, '\0');
  unsigned size = 0;
  if (HMAC(EVP_sm3(), key.data(), static_cast<int>(key.size()), bytes_of(message), message.size(), bytes_of(tag), &size) ==
          nullptr ||
      size != tag.size())
    return std::nullopt;
  return tag;
}

}  // namespace offline_cache::sm
