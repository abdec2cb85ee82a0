// What an identity card says about the person who laid it down.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/secret.h"

namespace hal {

// The first four after GA/T 490 and its extensions; the letter at byte 248 of the text block decides.
enum class DocumentKind : std::uint8_t {
  resident_card,          // blank: citizen's resident card
  hmt_permit,             // J: Hong Kong, Macao, Taiwan residence permit (2018)
  foreigner_permit_2017,  // I
  foreigner_permit_2023,  // Y
  social_security_card,   // the chip of 社会保障卡 (LD/T 32)
  electronic_id,          // an eID or a health card from elsewhere
};

enum class Sex : std::uint8_t { unknown = 0, male = 1, female = 2, not_stated = 9 };  // GB/T 2261.1

enum class Validity : std::uint8_t { valid, not_yet_valid, expired, unreadable };

// Results of the cross-field rules (facts of GB 11643); a failed check never hides the person.
struct PersonChecks {
  bool number_check_digit = false;  // MOD 11-2 of an 18-character number; true for numbers that have none
  bool birth_is_a_date = false;     // the birth field is a possible calendar date
  bool birth_fits_number = false;
  bool sex_fits_number = false;              // a hint only
  Validity validity = Validity::unreadable;  // on the day of reading
};

struct Person {
  DocumentKind document = DocumentKind::resident_card;
  base::Secret name;        // Chinese name; may be empty on foreigners' permits
  base::Secret latin_name;  // foreigners' permits and eIDs only
  Sex sex = Sex::unknown;
  std::string ethnic_code;   // two digits of GB/T 3304; empty where the card has none
  std::string nationality;   // ISO 3166 alpha-3; foreigners' permits and eIDs only
  base::Secret birth;        // YYYYMMDD as on the card
  base::Secret address;      // empty where the card has none
  base::Secret id_number;    // identity or permit number
  base::Secret pass_number;  // J only
  base::Secret card_number;  // of social-security cards and some eIDs
  base::Secret authority;    // issuing authority, or its code on I
  std::string issues;        // J: number of issues, Y: renewals, I: card version
  base::Secret old_number;   // Y: the 15-character number of an earlier I card, display only; else empty
  std::string valid_from;    // YYYYMMDD
  std::string valid_until;   // YYYYMMDD, or empty for 长期 (no end)
  base::Secret photo;        // the card's own bytes, 1024 of them in the format WLT; empty unless it was wanted
  PersonChecks checks;

  std::optional<std::chrono::year_month_day> birth_date() const;  // nothing when impossible
};

// Whole months lived on `today`; counts the birthday itself. Needs `birth` ≤ `today`, else 0.
int age_in_months(std::chrono::year_month_day birth, std::chrono::year_month_day today);

}  // namespace hal
