#include "hal/citizen_number.h"

#include <algorithm>
#include <array>

namespace hal {
namespace {

constexpr std::size_t kNumberLength = 18;
constexpr std::array<unsigned, 17> kWeights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
constexpr std::string_view kCheckCharacters = "10X98765432";

bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

unsigned two_digits(std::string_view text) {
  return static_cast<unsigned>(text[0] - '0') * 10 + static_cast<unsigned>(text[1] - '0');
}

// The permit of 2017 has 15 characters: country(3) province(2) city(2) YYMMDD(6) sequence(1) check(1).
bool has_citizen_number(const Person& person) { return person.document != DocumentKind::foreigner_permit_2017; }

bool birth_fits(const Person& person) {
  const std::string_view number = person.id_number.reveal();
  const std::string_view birth = person.birth.reveal();
  if (birth.size() != 8) return false;
  if (has_citizen_number(person)) return number.size() == kNumberLength && number.substr(6, 8) == birth;
  return number.size() == 15 && number.substr(7, 6) == birth.substr(2);
}

bool sex_fits(const Person& person) {
  const std::string_view number = person.id_number.reveal();
  if (!has_citizen_number(person) || (person.sex != Sex::male && person.sex != Sex::female)) return true;
  if (number.size() != kNumberLength) return false;
  const bool odd = (number[16] - '0') % 2 == 1;
  return odd == (person.sex == Sex::male);
}

// Eight digits that can be compared as a day. Not a calendar date: a card issued on 29 February may end on one that
// does not exist.
bool is_day(std::string_view text) {
  if (text.size() != 8 || !all_digits(text)) return false;
  const unsigned month = two_digits(text.substr(4, 2));
  const unsigned day = two_digits(text.substr(6, 2));
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

std::string as_day(std::chrono::year_month_day date) {
  const int year = static_cast<int>(date.year());
  const unsigned number =
      static_cast<unsigned>(year) * 10000 + static_cast<unsigned>(date.month()) * 100 + static_cast<unsigned>(date.day());
  return std::to_string(number);
}

}  // namespace

std::optional<char> citizen_check_digit(std::string_view digits) {
  if (digits.size() != kWeights.size() || !all_digits(digits)) return std::nullopt;
  unsigned sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += kWeights.at(i) * static_cast<unsigned>(digits[i] - '0');
  return kCheckCharacters[sum % kCheckCharacters.size()];
}

bool citizen_number_is_right(std::string_view number) {
  if (number.size() != kNumberLength) return false;
  const auto check = citizen_check_digit(number.substr(0, kWeights.size()));
  return check && (number.back() == *check || (number.back() == 'x' && *check == 'X'));
}

Validity validity_on(std::chrono::year_month_day today, std::string_view from, std::string_view until) {
  const bool endless = until == kWithoutEnd;
  if (!is_day(from) || (!endless && (!is_day(until) || until < from))) return Validity::unreadable;
  const std::string day = as_day(today);
  if (day < from) return Validity::not_yet_valid;
  return endless || day <= until ? Validity::valid : Validity::expired;
}

PersonChecks check_person(const Person& person, std::chrono::year_month_day today) {
  PersonChecks checks;
  checks.number_check_digit = !has_citizen_number(person) || citizen_number_is_right(person.id_number.reveal());
  checks.birth_is_a_date = person.birth_date().has_value();
  checks.birth_fits_number = birth_fits(person);
  checks.sex_fits_number = sex_fits(person);
  checks.validity = validity_on(today, person.valid_from, person.valid_until);
  return checks;
}

}  // namespace hal
