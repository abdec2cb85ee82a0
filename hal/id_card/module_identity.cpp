#include "hal/id_card/module_identity.h"

#include <fmt/format.h>

#include <algorithm>

namespace hal {
namespace {

std::uint32_t little_endian(std::span<const std::uint8_t> bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = bytes.size(); i > 0; --i) value = value << 8U | bytes[i - 1];
  return value;
}

}  // namespace

std::string module_identity(std::span<const std::uint8_t> data) {
  constexpr std::size_t kBytes = 16;
  constexpr std::uint32_t kTwoDigits = 99;
  if (data.size() != kBytes) return {};
  const std::uint32_t kind = little_endian(data.subspan(0, 2));
  const std::uint32_t maker = little_endian(data.subspan(2, 2));
  const bool all_equal = std::ranges::all_of(data, [&](std::uint8_t byte) { return byte == data[0]; });
  if (all_equal || kind > kTwoDigits || maker > kTwoDigits) return {};
  return fmt::format("{:02}.{:02}-{:08}-{:010}-{:010}", kind, maker, little_endian(data.subspan(4, 4)),
                     little_endian(data.subspan(8, 4)), little_endian(data.subspan(12, 4)));
}

}  // namespace hal
