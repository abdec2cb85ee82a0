// SHA-256, and how it is written on the wire: `sha-256=:<base64>:` (RFC 9530), in header fields and in JSON.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gateway {

using Digest = std::array<std::uint8_t, 32>;

Digest sha256(std::string_view bytes);

std::string to_field(const Digest& digest);
// One SHA-256 digest in exactly the form that to_field writes.
std::optional<Digest> digest_from_field(std::string_view field);

}  // namespace gateway
