// The values of card_fields() of one person, as service definitions name them: in `applicant`, as "card.NAME" in `prefill` and as
// {card.NAME} in texts.
#pragma once

#include <optional>
#include <string_view>

#include "hal/person.h"
#include "kiosk/local_text.h"

namespace kiosk {

// As on the card, sex as its digit; valid as long as the person. Empty when the card has none, or for a name that is not
// in card_fields().
std::string_view card_field(const hal::Person& person, std::string_view field);
// What the person is called: the Chinese name, else the Latin one.
std::string_view full_name(const hal::Person& person);
// As it may stand on the screen: birth as a date, numbers masked.
base::Secret shown_card_field(const hal::Person& person, std::string_view field, const Language& language);

// "address" of "card.address"; empty when the reference is none to a card.
std::string_view card_reference(std::string_view reference);

}  // namespace kiosk
