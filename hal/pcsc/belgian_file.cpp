#include "hal/pcsc/belgian_file.h"

#include <algorithm>

namespace hal {
namespace {

constexpr std::uint8_t kVersionOrPadding = 0;
constexpr std::uint8_t kLengthGoesOn = 0xFF;

std::optional<std::size_t> take_chained_length(std::span<const std::uint8_t>& bytes) {
  std::size_t length = 0;
  while (!bytes.empty()) {
    const std::uint8_t part = bytes[0];
    bytes = bytes.subspan(1);
    length += part;
    if (part != kLengthGoesOn) return length;
  }
  return std::nullopt;
}

}  // namespace

std::optional<BelgianFields> belgian_fields(std::span<const std::uint8_t> file) {
  BelgianFields fields;
  while (!file.empty()) {
    const std::uint8_t tag = file[0];
    if (tag == kVersionOrPadding && !fields.empty()) break;
    file = file.subspan(1);
    const auto length = take_chained_length(file);
    if (!length || *length > file.size()) return std::nullopt;
    if (!fields.emplace(tag, file.first(*length)).second) return std::nullopt;
    file = file.subspan(*length);
  }
  if (!std::ranges::all_of(file, [](std::uint8_t byte) { return byte == kVersionOrPadding; })) return std::nullopt;
  return fields;
}

}  // namespace hal
