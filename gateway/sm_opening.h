// Suite 2 of the contract, opening half, on OpenSSL 3: SM2 (GB/T 32918), SM3 (GB/T 32905), SM4 (GB/T 32907). Nothing, or
// false, also when OpenSSL refuses.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gateway::sm {

inline constexpr std::size_t kPointBytes = 65;  // 04 x y

std::string make_private_key();  // 32 bytes; empty when none can be made
std::optional<std::string> public_point(std::string_view private_key);

std::optional<std::string> sm2_decrypt(std::string_view ciphertext, std::string_view private_key);
// Under the identity "1234567812345678" of GM/T 0009-2012.
bool signature_holds(std::string_view message, std::string_view signature, std::string_view public_key);
// The whole sealed form: wrapped key, iv, ciphertext, tag.
std::optional<std::string> open_sealed(std::string_view sealed, std::string_view private_key);

}  // namespace gateway::sm
