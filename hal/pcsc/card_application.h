// The cards that can be read without a PIN, one small file each. A card is known by an application that it lets select; its
// ATR is never believed. No application here verifies a PIN, writes, or uses a key.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.h"
#include "hal/pcsc/card_conversation.h"
#include "hal/person.h"

namespace hal {

struct CardApplication {
  std::string_view name;              // "social-security card": for the log
  std::span<const std::uint8_t> aid;  // what SELECT by name takes
  std::uint8_t select_p2;             // and what answer it is to give
  // The application is selected. The whole person or none of it. Look at the conversation's fault() before believing a failure.
  base::Result<Person> (*read)(CardConversation& card, std::chrono::year_month_day today);
};

std::span<const CardApplication> card_applications();

// Selects the first application that the card has, and reads it. card_type_unsupported when it has none of them.
base::Result<Person> read_card(CardConversation& card, std::chrono::year_month_day today);

}  // namespace hal
