// The national suite. What seal() makes:
//
//   wrapped length, 2 bytes, big-endian | wrapped | iv, 16 bytes | ciphertext | tag, 32 bytes
//
//   wrapped     SM2 encryption (DER of GM/T 0009-2012) of 48 fresh random bytes: 16 for SM4, 32 for HMAC
//   ciphertext  SM4-CTR of the plaintext under the first 16 and the iv
//   tag         HMAC-SM3 under the other 32, over "linli-suite-2" and everything before the tag: encrypt, then MAC
//
// Both keys serve for one message only. Signatures are SM2 with SM3, DER, under the identity "1234567812345678", which
// GM/T 0009-2012 §10 prescribes where no other is agreed.
#pragma once

#include "offline_cache/sealing/suite.h"

namespace offline_cache {

class SmSuite final : public Suite {
 public:
  int number() const override { return 2; }
  std::size_t public_key_bytes() const override { return 65; }  // uncompressed point: 04 x y
  std::optional<std::string> seal(std::string_view plaintext, std::string_view public_key) const override;
  std::optional<base::Secret> make_signing_key() const override;
  std::optional<std::string> public_half(const base::Secret& signing_key) const override;
  std::optional<std::string> sign(std::string_view message, const base::Secret& signing_key) const override;
};

}  // namespace offline_cache
