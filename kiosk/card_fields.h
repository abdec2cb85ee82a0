// The card's fields by the names that service definitions use: in `applicant`, as "card.NAME" in `prefill` and as
// {card.NAME} in texts.
#pragma once

#include <optional>
#include <string_view>

#include "hal/person.h"
#include "kiosk/local_text.h"

namespace kiosk {

// name latin_name sex ethnic_code nationality birth address id_number pass_number authority valid_from valid_until document.
bool is_card_field(std::string_view field);
// As on the card, valid as long as the person; empty when the card has none. `sex` and `document` are words
// ("female", "resident_card").
std::string_view card_field(const hal::Person& person, std::string_view field);
// What the person is called: the Chinese name, else the Latin one.
std::string_view full_name(const hal::Person& person);
// As it may stand on the screen: dates as dates, the number masked.
base::Secret shown_card_field(const hal::Person& person, std::string_view field, const Language& language);

// "address" of "card.address"; empty when the reference is none to a card.
std::string_view card_reference(std::string_view reference);

}  // namespace kiosk
