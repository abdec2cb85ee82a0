// The SM primitives of OpenSSL 3 that the national suite composes, each one call deep. Nothing means OpenSSL refused:
// a wrong key, no randomness. Bytes in, bytes out.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/secret.h"

namespace offline_cache::sm {

bool random(std::span<char> bytes);

// GB/T 32918.4-2016, ciphertext in DER. `public_key`: 04 x y, on the curve.
std::optional<std::string> sm2_encrypt(std::string_view plaintext, std::string_view public_key);

std::optional<base::Secret> make_private_key();
std::optional<std::string> public_point(const base::Secret& private_key);
// GB/T 32918.2-2016 under the identity "1234567812345678", signature in DER.
std::optional<std::string> sm2_sign(std::string_view message, const base::Secret& private_key);

std::optional<std::string> sm4_ctr(std::string_view plaintext, std::string_view key, std::string_view iv);
std::optional<std::string> hmac_sm3(std::string_view message, std::string_view key);

}  // namespace offline_cache::sm
