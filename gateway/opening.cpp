#include "gateway/opening.h"

#include <sodium.h>

#include "gateway/sm_opening.h"

namespace gateway {
namespace {

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::optional<std::string> open_box(std::string_view sealed, std::string_view secret, std::string_view public_key) {
  if (sealed.size() < crypto_box_SEALBYTES || secret.size() != crypto_box_SECRETKEYBYTES ||
      public_key.size() != crypto_box_PUBLICKEYBYTES)
    return std::nullopt;
  std::string plaintext(sealed.size() - crypto_box_SEALBYTES, '\0');
  if (crypto_box_seal_open(bytes_of(plaintext), bytes_of(sealed), sealed.size(), bytes_of(public_key), bytes_of(secret)) != 0)
    return std::nullopt;
  return plaintext;
}

}  // namespace

std::size_t public_key_bytes(int suite) { return suite == 1 ? crypto_box_PUBLICKEYBYTES : suite == 2 ? sm::kPointBytes : 0; }

std::string make_secret_key(int suite) {
  if (suite == 2) return sm::make_private_key();
  std::string secret(suite == 1 ? kSecretKeyBytes : 0, '\0');
  randombytes_buf(secret.data(), secret.size());
  return secret;
}

std::optional<std::string> public_key_of(int suite, std::string_view secret) {
  if (secret.size() != kSecretKeyBytes) return std::nullopt;
  if (suite == 2) return sm::public_point(secret);
  std::string public_key(crypto_box_PUBLICKEYBYTES, '\0');
  if (suite != 1 || crypto_scalarmult_base(bytes_of(public_key), bytes_of(secret)) != 0) return std::nullopt;
  return public_key;
}

std::optional<std::string> open_sealed(int suite, std::string_view sealed, std::string_view secret, std::string_view public_key) {
  if (suite == 1) return open_box(sealed, secret, public_key);
  return suite == 2 ? sm::open_sealed(sealed, secret) : std::nullopt;
}

bool signature_holds(int suite, std::string_view message, std::string_view signature, std::string_view public_key) {
  if (suite == 2) return sm::signature_holds(message, signature, public_key);
  return suite == 1 && signature.size() == crypto_sign_BYTES && public_key.size() == crypto_sign_PUBLICKEYBYTES &&
         crypto_sign_verify_detached(bytes_of(signature), bytes_of(message), message.size(), bytes_of(public_key)) == 0;
}

}  // namespace gateway
