// A generic eID: Estonia's identity card (the model made by IDEMIA) lets everybody read its personal data file, one small UTF-8
// record a field. The pattern for any other eID that needs no PIN for this.
#pragma once

#include <array>
#include <string_view>

#include "base/result.h"
#include "hal/pcsc/card_conversation.h"
#include "hal/person.h"

namespace hal {

inline constexpr std::array<std::uint8_t, 16> kEstonianIdentity{0xA0, 0x00, 0x00, 0x00, 0x77, 0x01, 0x08, 0x00,
                                                                0x07, 0x00, 0x00, 0xFE, 0x00, 0x00, 0x01, 0x00};

base::Result<Person> read_estonian_card(CardConversation& card, std::chrono::year_month_day today);

// The personal data file's records, as UTF-8. Pure.
struct EstonianRecords {
  base::Secret surname;        // 1
  base::Secret given_names;    // 2
  base::Secret citizenship;    // 4: alpha-3
  base::Secret birth;          // 5: "31 02 1900 FICTION"
  base::Secret personal_code;  // 6: 11 digits
  base::Secret expiry;         // 8: "31 12 2031"
};
base::Result<Person> decode_estonian_person(EstonianRecords records, std::chrono::year_month_day today);

// The 11th digit of a personal code (modulus 11, two rounds of weights) fits, and all are digits.
bool estonian_code_is_right(std::string_view code);

}  // namespace hal
