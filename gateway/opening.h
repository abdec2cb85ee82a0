// The office's half of the sealing suites that docs/api/openapi.yaml describes: opens what terminals seal, checks what
// they sign. Suite 1 is libsodium's, suite 2 OpenSSL's SM2, SM3 and SM4. Bytes in, bytes out; nothing means no.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gateway {

inline constexpr int kHighestSuite = 2;
inline constexpr std::size_t kSecretKeyBytes = 32;  // in both suites

std::size_t public_key_bytes(int suite);  // 32 or 65; 0 for an unknown suite
// Empty for an unknown suite, and when the system has no randomness.
std::string make_secret_key(int suite);
// Of a sealing key, X25519 in suite 1. Nothing when it is no key.
std::optional<std::string> public_key_of(int suite, std::string_view secret);

// The plaintext; nothing when it was not sealed to this key or was changed since.
std::optional<std::string> open_sealed(int suite, std::string_view sealed, std::string_view secret, std::string_view public_key);
// Ed25519 in suite 1, SM2 with SM3 in suite 2.
bool signature_holds(int suite, std::string_view message, std::string_view signature, std::string_view public_key);

}  // namespace gateway
