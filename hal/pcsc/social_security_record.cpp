#include "hal/pcsc/social_security_record.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>

#include "hal/citizen_number.h"
#include "hal/pcsc/card_text.h"
#include "hal/pcsc/tlv.h"

namespace hal {
namespace {

using Bytes = std::span<const std::uint8_t>;
using enum SocialSecurityTag;

constexpr base::Failure kBadRecord = base::Failure::card_data_bad;

bool is_letter_or_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

bool set_id_number(Person& person, Bytes value) {
  auto text = decode_card_text(value, CardCharset::gb18030);
  if (!text || text->empty() || !std::ranges::all_of(text->reveal(), is_letter_or_digit)) return false;
  person.id_number = *std::move(text);
  return true;
}

bool set_name(Person& person, Bytes value) {
  auto text = decode_card_text(value, CardCharset::gb18030);
  if (!text || text->empty()) return false;
  person.name = *std::move(text);
  return true;
}

// One byte, which issuers write as a digit or as a number.
bool set_sex(Person& person, Bytes value) {
  if (value.size() != 1) return false;
  const unsigned code = value[0] >= '0' ? value[0] - unsigned{'0'} : value[0];
  person.sex = code == 1 ? Sex::male : code == 2 ? Sex::female : code == 9 ? Sex::not_stated : Sex::unknown;
  return true;
}

bool set_ethnic_group(Person& person, Bytes value) {
  const auto digits = decode_bcd(value);
  if (!digits || digits->size() != 2) return false;
  person.ethnic_code = *digits == "00" ? "" : *digits;
  return true;
}

bool set_birth(Person& person, Bytes value) {
  auto digits = decode_bcd(value);
  if (!digits || digits->size() != 8) return false;
  person.birth = base::Secret(*digits);
  base::wipe(*digits);
  return true;
}

bool set_card_number(Person& person, Bytes value) {
  auto text = decode_card_text(value, CardCharset::gb18030);
  if (!text) return false;
  person.card_number = *std::move(text);
  return true;
}

bool set_field(Person& person, SocialSecurityTag tag, Bytes value) {
  switch (tag) {
    case id_number:
      return set_id_number(person, value);
    case name:
      return set_name(person, value);
    case sex:
      return set_sex(person, value);
    case ethnic_group:
      return set_ethnic_group(person, value);
    case birth:
      return set_birth(person, value);
    case card_number:
      return set_card_number(person, value);
  }
  return false;
}

std::optional<std::vector<std::uint8_t>> bcd_of(std::string_view digits) {
  if (digits.size() % 2 != 0 || !std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
  std::vector<std::uint8_t> bytes;
  for (std::size_t i = 0; i < digits.size(); i += 2)
    bytes.push_back(static_cast<std::uint8_t>((digits[i] - '0') << 4 | (digits[i + 1] - '0')));
  return bytes;
}

std::optional<std::vector<std::uint8_t>> text_bytes(std::string_view text) {
  const auto encoded = encode_card_text(text, CardCharset::gb18030);
  if (!encoded) return std::nullopt;
  return std::vector<std::uint8_t>(encoded->begin(), encoded->end());
}

std::optional<std::vector<std::uint8_t>> value_of(const Person& person, SocialSecurityTag tag) {
  switch (tag) {
    case id_number:
      return text_bytes(person.id_number.reveal());
    case name:
      return text_bytes(person.name.reveal());
    case sex:
      return std::vector{static_cast<std::uint8_t>('0' + static_cast<int>(person.sex))};
    case ethnic_group:
      return bcd_of(person.ethnic_code.empty() ? "00" : person.ethnic_code);
    case birth:
      return bcd_of(person.birth.reveal());
    case card_number:
      return text_bytes(person.card_number.reveal());
  }
  return std::nullopt;
}

}  // namespace

base::Result<Person> decode_social_security_person(const SocialSecurityRecords& records, std::chrono::year_month_day today) {
  Person person;
  person.document = DocumentKind::social_security_card;
  for (const SocialSecurityField& field : kSocialSecurityFields) {
    const auto found = records.find(field.tag);
    if (found == records.end()) {
      if (field.required) return {kBadRecord, "a record is missing"};
      continue;
    }
    const auto value = only_value(found->second, static_cast<std::uint32_t>(field.tag));
    if (!value || !set_field(person, field.tag, *value)) return {kBadRecord, "a record is damaged"};
  }
  person.checks = check_person(person, today);
  return person;
}

base::Result<SocialSecurityRecords> encode_social_security_person(const Person& person) {
  SocialSecurityRecords records;
  for (const SocialSecurityField& field : kSocialSecurityFields) {
    auto value = value_of(person, field.tag);
    const std::size_t room = field.record_bytes - std::size_t{2};
    if (!value || value->size() > room) return {base::Failure::internal, "a value does not fit into its record"};
    value->resize(room, 0);
    std::vector<std::uint8_t> record{static_cast<std::uint8_t>(field.tag), static_cast<std::uint8_t>(room)};
    record.insert(record.end(), value->begin(), value->end());
    records[field.tag] = std::move(record);
  }
  return records;
}

}  // namespace hal
