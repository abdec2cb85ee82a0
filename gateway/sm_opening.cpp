#include "gateway/sm_opening.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>

#include <array>
#include <memory>

#include "base/secret.h"

namespace gateway::sm {
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

constexpr std::size_t kCipherKey = 16, kMacKey = 32, kIv = 16, kTag = 32;  // bytes
constexpr std::size_t kLongestWrapped = 256;                               // bytes; SM2 of 48 bytes has about 155
constexpr std::string_view kLabel = "linli-suite-2";
constexpr std::string_view kIdentity = "1234567812345678";

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

Key key_of(std::string_view point, const BIGNUM* secret) {
  const Builder builder(OSSL_PARAM_BLD_new());
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr));
  if (!builder || !context || point.size() != kPointBytes ||
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

Number number_of(std::string_view bytes) { return Number(BN_bin2bn(bytes_of(bytes), static_cast<int>(bytes.size()), nullptr)); }

bool tag_fits(std::string_view message, std::string_view tag, std::string_view key) {
  std::array<unsigned char, kTag> right{};
  unsigned size = 0;
  const std::string labelled = std::string(kLabel).append(message);
  return HMAC(EVP_sm3(), key.data(), static_cast<int>(key.size()), bytes_of(labelled), labelled.size(), right.data(), &size) !=
             nullptr &&
         size == kTag && tag.size() == kTag && CRYPTO_memcmp(right.data(), tag.data(), kTag) == 0;
}

std::optional<std::string> sm4_ctr(std::string_view ciphertext, std::string_view key, std::string_view iv) {
  const CipherContext context(EVP_CIPHER_CTX_new());
  std::string plaintext(ciphertext.size(), '\0');
  int size = 0;
  if (!context || EVP_DecryptInit_ex2(context.get(), EVP_sm4_ctr(), bytes_of(key), bytes_of(iv), nullptr) != 1 ||
      EVP_DecryptUpdate(context.get(), bytes_of(plaintext), &size, bytes_of(ciphertext), static_cast<int>(ciphertext.size())) !=
          1 ||
      static_cast<std::size_t>(size) != ciphertext.size())
    return std::nullopt;
  return plaintext;
}

}  // namespace

std::string make_private_key() {
  const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2"));
  BIGNUM* found = nullptr;
  if (!key || EVP_PKEY_get_bn_param(key.get(), OSSL_PKEY_PARAM_PRIV_KEY, &found) != 1) return {};
  const Number number(found);
  std::string bytes(32, '\0');
  return BN_bn2binpad(number.get(), bytes_of(bytes), 32) < 0 ? std::string() : bytes;
}

std::optional<std::string> public_point(std::string_view private_key) {
  const Number number = number_of(private_key);
  const Group group(EC_GROUP_new_by_curve_name(NID_sm2));
  const Point point(group ? EC_POINT_new(group.get()) : nullptr);
  std::string bytes(kPointBytes, '\0');
  if (!number || !point || BN_is_zero(number.get()) ||
      EC_POINT_mul(group.get(), point.get(), number.get(), nullptr, nullptr, nullptr) != 1 ||
      EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, bytes_of(bytes), bytes.size(), nullptr) !=
          kPointBytes)
    return std::nullopt;
  return bytes;
}

std::optional<std::string> sm2_decrypt(std::string_view ciphertext, std::string_view private_key) {
  const auto point = public_point(private_key);
  const Number number = number_of(private_key);
  const Key key = point ? key_of(*point, number.get()) : nullptr;
  const KeyContext context(key ? EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr) : nullptr);
  std::size_t size = 0;
  if (!context || EVP_PKEY_decrypt_init(context.get()) != 1 ||
      EVP_PKEY_decrypt(context.get(), nullptr, &size, bytes_of(ciphertext), ciphertext.size()) != 1)
    return std::nullopt;
  std::string plaintext(size, '\0');
  if (EVP_PKEY_decrypt(context.get(), bytes_of(plaintext), &size, bytes_of(ciphertext), ciphertext.size()) != 1)
    return std::nullopt;
  plaintext.resize(size);
  return plaintext;
}

bool signature_holds(std::string_view message, std::string_view signature, std::string_view public_key) {
  const Key key = key_of(public_key, nullptr);
  const DigestContext digest(EVP_MD_CTX_new());
  EVP_PKEY_CTX* inner = nullptr;
  return key && digest && EVP_DigestVerifyInit_ex(digest.get(), &inner, "SM3", nullptr, nullptr, key.get(), nullptr) == 1 &&
         EVP_PKEY_CTX_set1_id(inner, kIdentity.data(), static_cast<int>(kIdentity.size())) == 1 &&
         EVP_DigestVerify(digest.get(), bytes_of(signature), signature.size(), bytes_of(message), message.size()) == 1;
}

std::optional<std::string> open_sealed(std::string_view sealed, std::string_view private_key) {
  if (sealed.size() < 2) return std::nullopt;
  const auto* start = bytes_of(sealed);
  const std::size_t wrapped = static_cast<std::size_t>(start[0]) << 8U | start[1];
  if (wrapped > kLongestWrapped || sealed.size() < 2 + wrapped + kIv + kTag) return std::nullopt;
  auto keys = sm2_decrypt(sealed.substr(2, wrapped), private_key);
  if (!keys || keys->size() != kCipherKey + kMacKey) return std::nullopt;
  const std::string_view all(*keys);
  const auto covered = sealed.substr(0, sealed.size() - kTag);
  std::optional<std::string> plaintext;
  if (tag_fits(covered, sealed.substr(covered.size()), all.substr(kCipherKey)))
    plaintext = sm4_ctr(covered.substr(2 + wrapped + kIv), all.substr(0, kCipherKey), sealed.substr(2 + wrapped, kIv));
  base::wipe(*keys);
  return plaintext;
}

}  // namespace gateway::sm
