// A set of algorithms to seal and to sign with. The number stands in every envelope's header, so that a site can change
// over while older envelopes wait (docs/decisions/sealing-suites.md). Nothing here is of our own making: each suite only
// composes primitives of its library.
//
//   1  libsodium: crypto_box_seal (X25519, XSalsa20-Poly1305); signature Ed25519
//   2  OpenSSL 3: SM2 public-key encryption (GB/T 32918.4) of a fresh key; SM4-CTR (GB/T 32907) and then HMAC-SM3
//      (GB/T 32905) over what came out; signature SM2 with SM3 (GB/T 32918.2)
//
// A suite here can seal and sign, and cannot open: the opening half is the office's (gateway/opening.h).
// Stateless; any thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/secret.h"

namespace offline_cache {

class Suite {
 public:
  virtual ~Suite() = default;

  virtual int number() const = 0;
  virtual std::size_t public_key_bytes() const = 0;

  // What only the holder of the private half of `public_key` can open; nothing when it is no such key.
  virtual std::optional<std::string> seal(std::string_view plaintext, std::string_view public_key) const = 0;

  // A signing key: 32 secret bytes, from the library's own generator. Nothing when that fails.
  virtual std::optional<base::Secret> make_signing_key() const = 0;
  virtual std::optional<std::string> public_half(const base::Secret& signing_key) const = 0;
  virtual std::optional<std::string> sign(std::string_view message, const base::Secret& signing_key) const = 0;
};

inline constexpr std::size_t kSigningKeyBytes = 32;

// Null for a number that is none of the above.
const Suite* find_suite(int number);

}  // namespace offline_cache
