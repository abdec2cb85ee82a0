// The records of a social-security card: tag, length, value each; text in GB 18030, numbers in BCD. Pure.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <vector>

#include "base/result.h"
#include "hal/person.h"

namespace hal {

enum class SocialSecurityTag : std::uint8_t {
  card_number = 0x07,  // in EF05; the rest in EF06
  id_number = 0x08,
  name = 0x09,
  sex = 0x0A,
  ethnic_group = 0x0B,
  birth = 0x0D,
};

struct SocialSecurityField {
  SocialSecurityTag tag;
  std::uint16_t record_bytes;  // tag and length included
  bool required;
};

// In the order in which they are read.
inline constexpr std::array<SocialSecurityField, 6> kSocialSecurityFields{{
    {SocialSecurityTag::id_number, 0x14, true},
    {SocialSecurityTag::name, 0x20, true},
    {SocialSecurityTag::sex, 0x03, false},
    {SocialSecurityTag::ethnic_group, 0x03, false},
    {SocialSecurityTag::birth, 0x06, true},
    {SocialSecurityTag::card_number, 0x0B, false},
}};

using SocialSecurityRecords = std::map<SocialSecurityTag, std::vector<std::uint8_t>>;  // as the card gave them

// The whole person, checks included, or none of it: card_data_bad when a record is damaged or a required one is missing.
// The card carries no period of validity that everybody may read: Validity::unreadable.
base::Result<Person> decode_social_security_person(const SocialSecurityRecords& records, std::chrono::year_month_day today);

// The other way round, for simulated cards. Fails when a value does not fit into its record.
base::Result<SocialSecurityRecords> encode_social_security_person(const Person& person);

}  // namespace hal
