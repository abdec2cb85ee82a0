// SHA-256, and the way digests are written on the wire (RFC 9530): `sha-256=:<base64>:`.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace offline_cache {

using Digest = std::array<std::uint8_t, 32>;

Digest sha256(std::string_view bytes);
std::string wire_form(const Digest& digest);
std::string base64(std::string_view bytes);  // standard alphabet, with padding

}  // namespace offline_cache
