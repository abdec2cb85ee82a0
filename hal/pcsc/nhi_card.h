// Taiwan's National Health Insurance card (健保卡): one object with the holder's basic data, for everybody to read. Text is Big5,
// years are counted from 1911.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.h"
#include "hal/pcsc/card_conversation.h"
#include "hal/person.h"

namespace hal {

inline constexpr std::array<std::uint8_t, 16> kNhiIdentity{0xD1, 0x58, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00,
                                                           0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x11, 0x00};
inline constexpr std::size_t kNhiBasicDataBytes = 57;

base::Result<Person> read_nhi_card(CardConversation& card, std::chrono::year_month_day today);

// The basic data: card number 12, name 20, identity number 10, birthday 7, sex 1, day of issue 7. Pure. The whole person or none
// of it; the card says nothing of how long it is valid.
base::Result<Person> decode_nhi_person(std::span<const std::uint8_t> data);

// The last digit of an identity number fits: a letter, or two of them, and digits, ten in all.
bool nhi_number_is_right(std::string_view number);

}  // namespace hal
