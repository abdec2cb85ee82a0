// China's social-security card (社会保障卡, LD/T 32): which records it lets everybody read, and in which order they are asked
// for. Birthplace, keys and everything behind a PIN are left alone.
#pragma once

#include <array>

#include "base/result.h"
#include "hal/pcsc/card_conversation.h"
#include "hal/person.h"

namespace hal {

// "sx1.sh.社会保障" in GBK: the name of the card's environment.
inline constexpr std::array<std::uint8_t, 15> kSocialSecurityEnvironment{0x73, 0x78, 0x31, 0x2E, 0x73, 0x68, 0x2E, 0xC9,
                                                                         0xE7, 0xBB, 0xE1, 0xB1, 0xA3, 0xD5, 0xCF};

base::Result<Person> read_social_security_card(CardConversation& card, std::chrono::year_month_day today);

}  // namespace hal
