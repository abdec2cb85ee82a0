#include "hal/pcsc/tlv.h"

#include <algorithm>

namespace hal {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::uint8_t kMoreTagFollows = 0x1F;  // in the low bits of the first byte
constexpr std::size_t kLongestTag = 3;
constexpr std::uint8_t kLongLength = 0x80;
constexpr std::size_t kLongestLength = 2;  // bytes after 81 or 82

std::optional<std::uint32_t> take_tag(Bytes& bytes) {
  if (bytes.empty()) return std::nullopt;
  std::uint32_t tag = bytes[0];
  std::size_t used = 1;
  bool more = (tag & kMoreTagFollows) == kMoreTagFollows;
  while (more) {
    if (used == kLongestTag || used == bytes.size()) return std::nullopt;
    tag = tag << 8U | bytes[used];
    more = (bytes[used++] & 0x80U) != 0;
  }
  bytes = bytes.subspan(used);
  return tag;
}

std::optional<std::size_t> take_length(Bytes& bytes) {
  if (bytes.empty()) return std::nullopt;
  const std::uint8_t first = bytes[0];
  bytes = bytes.subspan(1);
  if (first < kLongLength) return first;
  const std::size_t count = first & 0x7FU;
  if (count == 0 || count > kLongestLength || bytes.size() < count) return std::nullopt;
  std::size_t length = 0;
  for (const std::uint8_t byte : bytes.first(count)) length = length << 8U | byte;
  bytes = bytes.subspan(count);
  return length;
}

}  // namespace

std::optional<Tlv> take_tlv(Bytes& bytes) {
  Bytes rest = bytes;
  const auto tag = take_tag(rest);
  if (!tag) return std::nullopt;
  const auto length = take_length(rest);
  if (!length || rest.size() < *length) return std::nullopt;
  bytes = rest.subspan(*length);
  return Tlv{*tag, rest.first(*length)};
}

std::optional<Bytes> only_value(Bytes bytes, std::uint32_t tag) {
  const auto found = take_tlv(bytes);
  if (!found || found->tag != tag) return std::nullopt;
  const bool padded =
      std::ranges::all_of(bytes, [&](std::uint8_t byte) { return byte == bytes[0] && (byte == 0 || byte == 0xFF); });
  return padded ? std::optional(found->value) : std::nullopt;
}

}  // namespace hal
