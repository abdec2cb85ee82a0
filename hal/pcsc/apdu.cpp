#include "hal/pcsc/apdu.h"

#include <cstddef>

namespace hal {
namespace {

constexpr std::size_t kHeader = 4;
constexpr std::uint16_t kLongestExpected = 256;

std::uint16_t expected_in(std::uint8_t le) { return le == 0 ? kLongestExpected : le; }

}  // namespace

std::optional<std::vector<std::uint8_t>> encode_command(const CommandApdu& command) {
  if (command.data.size() > kLongestCommandData) return std::nullopt;
  if (command.expected && (*command.expected == 0 || *command.expected > kLongestExpected)) return std::nullopt;
  std::vector<std::uint8_t> bytes{command.cla, command.ins, command.p1, command.p2};
  if (!command.data.empty()) {
    bytes.push_back(static_cast<std::uint8_t>(command.data.size()));
    bytes.insert(bytes.end(), command.data.begin(), command.data.end());
  }
  if (command.expected) bytes.push_back(static_cast<std::uint8_t>(*command.expected & 0xFFU));
  return bytes;
}

std::optional<CommandApdu> decode_command(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < kHeader) return std::nullopt;
  CommandApdu command{bytes[0], bytes[1], bytes[2], bytes[3], {}, {}};
  bytes = bytes.subspan(kHeader);
  if (bytes.empty()) return command;
  if (bytes.size() > 1) {
    const std::size_t length = bytes[0];
    bytes = bytes.subspan(1);
    if (length == 0 || bytes.size() < length || bytes.size() > length + 1) return std::nullopt;
    command.data.assign(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length));
    bytes = bytes.subspan(length);
  }
  if (!bytes.empty()) command.expected = expected_in(bytes[0]);
  return command;
}

std::optional<ResponseApdu> decode_response(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < 2 || bytes.size() > kLongestResponse) return std::nullopt;
  const auto data = bytes.first(bytes.size() - 2);
  const std::uint8_t sw1 = bytes[bytes.size() - 2];
  const bool possible = (sw1 > 0x60U && sw1 <= 0x6FU) || sw1 >> 4U == 0x9U;
  if (!possible) return std::nullopt;
  const auto status = static_cast<std::uint16_t>(sw1 << 8U | bytes.back());
  return ResponseApdu{{data.begin(), data.end()}, status};
}

}  // namespace hal
