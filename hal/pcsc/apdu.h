// Commands and responses of ISO 7816-4 in the short form: at most 255 bytes out and 256 back. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace hal {

inline constexpr std::size_t kLongestCommandData = 255;
inline constexpr std::size_t kLongestResponse = 256 + 2;  // with the status bytes

struct CommandApdu {
  std::uint8_t cla = 0;
  std::uint8_t ins = 0;
  std::uint8_t p1 = 0;
  std::uint8_t p2 = 0;
  std::vector<std::uint8_t> data;         // at most kLongestCommandData
  std::optional<std::uint16_t> expected;  // Le: 1 to 256, 256 = as much as there is; nothing = no answer data wanted

  friend bool operator==(const CommandApdu&, const CommandApdu&) = default;
};

// Nothing when data or Le are out of bounds.
std::optional<std::vector<std::uint8_t>> encode_command(const CommandApdu& command);
// The other way round, for simulated cards. Nothing unless the lengths fit exactly.
std::optional<CommandApdu> decode_command(std::span<const std::uint8_t> bytes);

// P2 of SELECT: whether the card is to say what it has selected.
inline constexpr std::uint8_t kSelectWithAnswer = 0x00;
inline constexpr std::uint8_t kSelectWithoutAnswer = 0x0C;

inline constexpr std::uint16_t kStatusOk = 0x9000;
inline constexpr std::uint16_t kStatusFileNotFound = 0x6A82;
inline constexpr std::uint16_t kStatusRecordNotFound = 0x6A83;

// SW1 SW2. The card has more for us: fetch it with GET RESPONSE (61xx).
constexpr bool has_more(std::uint16_t status) { return status >> 8U == 0x61U; }
// The right Le is in SW2: ask again with it (6Cxx).
constexpr bool wants_other_length(std::uint16_t status) { return status >> 8U == 0x6CU; }
// SW2 of these two as a length: 00 is 256.
constexpr std::uint16_t length_in(std::uint16_t status) {
  return (status & 0xFFU) == 0U ? std::uint16_t{256} : static_cast<std::uint16_t>(status & 0xFFU);
}

struct ResponseApdu {
  std::vector<std::uint8_t> data;
  std::uint16_t status = 0;
};

// Nothing unless 2 to kLongestResponse bytes with a possible status (6xxx, not 60xx, or 9xxx).
std::optional<ResponseApdu> decode_response(std::span<const std::uint8_t> bytes);

}  // namespace hal
