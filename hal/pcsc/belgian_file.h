// The files of a Belgian eID: fields of a one-byte tag, a length and a value, one after another. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>

namespace hal {

using BelgianFields = std::map<std::uint8_t, std::span<const std::uint8_t>>;  // values lie in the bytes they were read from

// A length of FF goes on with the next byte, which is added to it. Tag 0 says the version of the file when it comes first;
// anywhere else it is the padding behind the last field. Nothing when a field is not whole or comes twice.
std::optional<BelgianFields> belgian_fields(std::span<const std::uint8_t> file);

}  // namespace hal
