#include "hal/pcsc/estonian_card.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "hal/pcsc/card_text.h"

namespace hal {
namespace {

constexpr std::uint8_t kSelectFile = 0xA4;
constexpr std::uint8_t kReadBinary = 0xB0;
constexpr base::Failure kBad = base::Failure::card_data_bad;

struct Field {
  std::uint8_t record;
  base::Secret EstonianRecords::*member;
};
constexpr std::array<Field, 6> kFields{{{1, &EstonianRecords::surname},
                                        {2, &EstonianRecords::given_names},
                                        {4, &EstonianRecords::citizenship},
                                        {5, &EstonianRecords::birth},
                                        {6, &EstonianRecords::personal_code},
                                        {8, &EstonianRecords::expiry}}};

bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<base::Secret> read_record(CardConversation& card, std::uint8_t record) {
  const auto selected = card.ask({0, kSelectFile, 0x02, kSelectWithoutAnswer, {0x50, record}, {}});
  if (!selected || selected->status != kStatusOk) return std::nullopt;
  const auto answer = card.ask({0, kReadBinary, 0, 0, {}, std::uint16_t{256}});
  if (!answer || answer->status != kStatusOk) return std::nullopt;
  return decode_card_text(answer->data, CardCharset::utf8);
}

// "31 02 1900…" → "19000231"
std::optional<std::string> day_in(std::string_view text) {
  if (text.size() < 10 || text[2] != ' ' || text[5] != ' ') return std::nullopt;
  std::string day = fmt::format("{}{}{}", text.substr(6, 4), text.substr(3, 2), text.substr(0, 2));
  return all_digits(day) ? std::optional(day) : std::nullopt;
}

std::string as_day(std::chrono::year_month_day date) {
  return fmt::format("{:04}{:02}{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

// The first digit tells sex and century: 1 and 2 are men and women of the 19th, 3 and 4 of the 20th, and so on.
Sex sex_in(std::string_view code) {
  if (code.empty() || code[0] < '1' || code[0] > '8') return Sex::unknown;
  return (code[0] - '0') % 2 == 1 ? Sex::male : Sex::female;
}

int weighted(std::string_view code, int first_weight) {
  int sum = 0;
  int weight = first_weight;
  for (const char digit : code.substr(0, 10)) {
    sum += weight * (digit - '0');
    weight = weight % 9 + 1;
  }
  return sum % 11;
}

}  // namespace

bool estonian_code_is_right(std::string_view code) {
  if (code.size() != 11 || !all_digits(code)) return false;
  int check = weighted(code, 1);
  if (check == 10) check = weighted(code, 3) % 10;
  return code.back() - '0' == check;
}

base::Result<Person> decode_estonian_person(EstonianRecords records, std::chrono::year_month_day today) {
  const auto birth = day_in(records.birth.reveal());
  const auto expiry = day_in(records.expiry.reveal());
  const std::string_view code = records.personal_code.reveal();
  if (!birth || code.empty() || records.surname.empty()) return {kBad, "a required record is empty or damaged"};
  Person person;
  person.document = DocumentKind::electronic_id;
  person.latin_name = std::move(records.surname);
  if (!records.given_names.empty()) {
    person.latin_name.append(", ");
    person.latin_name.append(records.given_names.reveal());
  }
  person.sex = sex_in(code);
  person.birth = base::Secret(*birth);
  person.nationality = records.citizenship.reveal();
  person.valid_until = expiry.value_or("");
  person.checks.number_check_digit = estonian_code_is_right(code);
  person.checks.birth_is_a_date = person.birth_date().has_value();
  person.checks.birth_fits_number = code.size() == 11 && code.substr(1, 6) == birth->substr(2);
  person.checks.sex_fits_number = true;
  if (expiry) person.checks.validity = as_day(today) <= *expiry ? Validity::valid : Validity::expired;
  person.id_number = std::move(records.personal_code);
  return person;
}

base::Result<Person> read_estonian_card(CardConversation& card, std::chrono::year_month_day today) {
  const auto selected = card.ask({0, kSelectFile, 0x09, kSelectWithoutAnswer, {0x3F, 0x00, 0x50, 0x00}, {}});
  if (!selected || selected->status != kStatusOk) return {kBad, "no personal data file"};
  EstonianRecords records;
  for (const Field& field : kFields) {
    auto text = read_record(card, field.record);
    if (!text) return {kBad, "a record cannot be read"};
    records.*field.member = *std::move(text);
  }
  return decode_estonian_person(std::move(records), today);
}

}  // namespace hal
