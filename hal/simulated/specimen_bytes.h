// Photo and fingerprint bytes of simulated cards: a counting pattern, by the rule of the published test vectors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hal {

inline std::vector<std::uint8_t> specimen_photo(std::size_t size) {
  std::vector<std::uint8_t> bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i & 0xFFU);
  return bytes;
}

inline std::vector<std::uint8_t> specimen_fingerprint(std::size_t size) {
  std::vector<std::uint8_t> bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>((7 * i + 3) & 0xFFU);
  return bytes;
}

}  // namespace hal
