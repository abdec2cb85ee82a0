// What the third status byte (SW3) of an answer means: the table of GA/T 467 as data.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace hal {

inline constexpr std::uint8_t kSdtOk = 0x90;
inline constexpr std::uint8_t kSdtCardFound = 0x9F;
inline constexpr std::uint8_t kSdtNoSuchItem = 0x91;

// What a driver has to do about it.
enum class SdtMeaning : std::uint8_t {
  ok,
  no_such_item,         // the card has nothing of the kind; it is there
  no_card,              // nothing in the field, or a card that was read and has not been lifted
  link_error,           // the module received a damaged question: ask again
  not_able,             // command unknown or not permitted
  look_again,           // start over from finding the card
  moved,                // the card left, or lay badly: start over from finding it
  card_refused,         // card and module do not accept each other
  card_data_bad,        // the card's data are damaged
  card_type_unknown,    // not an identity card
  reader_out_of_order,  // self test failed or not authorised: every command will be refused
};

struct SdtStatus {
  std::uint8_t sw3;
  SdtMeaning meaning;
  std::string_view words;  // for the log
};

std::span<const SdtStatus> sdt_statuses();
// Codes outside the table mean look_again.
const SdtStatus& sdt_status(std::uint8_t sw3);

}  // namespace hal
