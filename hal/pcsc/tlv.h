// Tag, length, value after BER (ISO 7816-4 §5.2.2), with strict bounds. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace hal {

struct Tlv {
  std::uint32_t tag = 0;  // its bytes as they stand: 0x5F1F
  std::span<const std::uint8_t> value;
};

// Takes one object off the front of `bytes`. Nothing, and `bytes` untouched, when it is not whole, its tag is longer than
// three bytes, or its length is indefinite or longer than two bytes.
std::optional<Tlv> take_tlv(std::span<const std::uint8_t>& bytes);

// The value of the one object that `bytes` consists of; padding of 00 or FF may follow. Nothing when it has another tag.
std::optional<std::span<const std::uint8_t>> only_value(std::span<const std::uint8_t> bytes, std::uint32_t tag);

}  // namespace hal
