#include "kiosk/card_fields.h"

#include <algorithm>
#include <array>

#include "kiosk/date_text.h"
#include "kiosk/masking.h"

namespace kiosk {
namespace {

using hal::Person;

std::string_view digit(hal::Sex sex) {
  switch (sex) {
    case hal::Sex::male:
      return "1";
    case hal::Sex::female:
      return "2";
    case hal::Sex::not_stated:
      return "9";
    case hal::Sex::unknown:
      break;
  }
  return "0";
}

struct CardField {
  std::string_view name;
  std::string_view (*of)(const Person&);
};

constexpr std::array kFields{
    CardField{"name", [](const Person& p) { return p.name.reveal(); }},
    CardField{"latin_name", [](const Person& p) { return p.latin_name.reveal(); }},
    CardField{"sex", [](const Person& p) { return digit(p.sex); }},
    CardField{"ethnic_code", [](const Person& p) { return std::string_view(p.ethnic_code); }},
    CardField{"nationality", [](const Person& p) { return std::string_view(p.nationality); }},
    CardField{"birth", [](const Person& p) { return p.birth.reveal(); }},
    CardField{"address", [](const Person& p) { return p.address.reveal(); }},
    CardField{"id_number", [](const Person& p) { return p.id_number.reveal(); }},
    CardField{"pass_number", [](const Person& p) { return p.pass_number.reveal(); }},
    CardField{"authority", [](const Person& p) { return p.authority.reveal(); }},
    CardField{"valid_from", [](const Person& p) { return std::string_view(p.valid_from); }},
    CardField{"valid_until", [](const Person& p) { return std::string_view(p.valid_until); }},
};

base::Secret into_secret(std::string text) {
  base::Secret secret(text);
  base::wipe(text);
  return secret;
}

}  // namespace

std::string_view card_field(const Person& person, std::string_view field) {
  const auto known = std::find_if(kFields.begin(), kFields.end(), [field](const CardField& f) { return f.name == field; });
  return known == kFields.end() ? std::string_view{} : known->of(person);
}

std::string_view full_name(const Person& person) {
  return person.name.empty() ? person.latin_name.reveal() : person.name.reveal();
}

base::Secret shown_card_field(const Person& person, std::string_view field, const Language& language) {
  if (field == "name") return base::Secret(full_name(person));
  if (field == "id_number" || field == "pass_number") return base::Secret(masked_number(card_field(person, field)));
  if (field == "birth")
    if (const auto birth = person.birth_date()) return into_secret(date_text(*birth, language));
  return base::Secret(card_field(person, field));
}

std::string_view card_reference(std::string_view reference) {
  constexpr std::string_view kPrefix = "card.";
  return reference.starts_with(kPrefix) ? reference.substr(kPrefix.size()) : std::string_view{};
}

}  // namespace kiosk
