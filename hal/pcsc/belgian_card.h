// The Belgian eID: a file about its holder and one with the address, in UTF-8, which everybody may read. Signatures, photo and
// keys are left alone.
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

// "…PKCS-15", which the card lets select only without an answer (P2 0C).
inline constexpr std::array<std::uint8_t, 12> kBelgianIdentity{0xA0, 0x00, 0x00, 0x01, 0x77, 0x50,
                                                               0x4B, 0x43, 0x53, 0x2D, 0x31, 0x35};

base::Result<Person> read_belgian_card(CardConversation& card, std::chrono::year_month_day today);

// Of the two files as they lie on the card; no `address`: the card has none. Pure. The whole person or none of it.
base::Result<Person> decode_belgian_person(std::span<const std::uint8_t> identity, std::span<const std::uint8_t> address,
                                           std::chrono::year_month_day today);

// The last two of the eleven digits of a national number fit the nine before them. The century is not in them: from 2000 on they
// are counted with a 2 in front.
bool belgian_number_is_right(std::string_view number, bool born_since_2000);

}  // namespace hal
