// The commands of the security module in a reader of second-generation identity cards (GA/T 467), and which answers each
// can have. An answer does not repeat its command: what fits the question is all there is to tell a late answer by.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hal {

enum class SdtCommand : std::uint16_t {  // command and parameter byte
  reset = 0x10FF,
  status = 0x11FF,
  module_id = 0x12FF,
  find_card = 0x2001,
  select_card = 0x2002,
  read_text = 0x3001,              // text and photo
  read_with_fingerprint = 0x3010,  // text, photo and fingerprint; the kiosk never sends it
  read_new_address = 0x3003,       // also tells whether the card just read still lies there
  read_card_body_number = 0x3005,
};

// The length field counts from the first status byte to the checksum, both included.
inline constexpr std::size_t kSdtShortestAnswer = 4;  // three status bytes and the checksum
inline constexpr std::size_t kSdtLongestAnswer = 2400;

// Whether some answer to `command` has this length field.
bool sdt_length_possible(SdtCommand command, std::size_t length);
// Whether status SW3 and length field belong to one answer to `command`: 9F only after find, data only with success.
bool sdt_answer_possible(SdtCommand command, std::uint8_t sw3, std::size_t length);

}  // namespace hal
