#include "hal/id_card/person_record.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "hal/citizen_number.h"
#include "hal/id_card/old_permit_number.h"
#include "hal/id_card/record_layout.h"
#include "hal/id_card/utf16_text.h"

namespace hal {
namespace {

using Bytes = std::span<const std::uint8_t>;

std::size_t number_at(Bytes data, std::size_t offset) { return static_cast<std::size_t>(data[offset]) << 8U | data[offset + 1]; }

char32_t unit_at(Bytes text, std::size_t offset) { return static_cast<char32_t>(text[offset] | text[offset + 1] << 8U); }

bool read_fields(TextBlockView text, const RecordLayout& layout, Person& person) {
  for (const RecordField& field : layout.fields) {
    auto value = decode_utf16_field(text.subspan(field.offset, field.length));
    if (!value) return false;
    if (const auto* secret = std::get_if<base::Secret Person::*>(&field.member))
      person.*(*secret) = *std::move(value);
    else
      person.*(std::get<std::string Person::*>(field.member)) = value->reveal();
  }
  return true;
}

Sex sex_from(char32_t digit) {
  switch (digit) {
    case U'1':
      return Sex::male;
    case U'2':
      return Sex::female;
    case U'9':
      return Sex::not_stated;
    default:
      return Sex::unknown;
  }
}

bool read_latin_name_and_link(TextBlockView text, Person& person) {
  std::array<std::uint8_t, kLatinFirstLength + kLatinSecondLength> joined{};  // before trimming: a space may end part 1
  std::ranges::copy(text.subspan(kLatinFirstOffset, kLatinFirstLength), joined.begin());
  std::ranges::copy(text.subspan(kLatinSecondOffset, kLatinSecondLength), joined.begin() + kLatinFirstLength);
  auto name = decode_utf16_field(joined);
  base::wipe(joined.data(), joined.size());
  const auto link = decode_utf16_field(text.subspan(kLinkOffset, kLinkLength));
  if (!name || !link) return false;
  person.latin_name = *std::move(name);
  person.old_number = old_permit_number(person.nationality, person.id_number.reveal(), link->reveal());
  return true;
}

}  // namespace

base::Result<TextBlockView> text_of_answer(SdtCommand command, Bytes data) {
  const bool fingerprint = command == SdtCommand::read_with_fingerprint;
  const std::size_t header = fingerprint ? 6 : 4;
  if (data.size() < header) return {base::Failure::card_data_bad, "no lengths"};
  const std::size_t text = number_at(data, 0);
  const std::size_t photo = number_at(data, 2);
  const std::size_t finger = fingerprint ? number_at(data, 4) : 0;
  const bool possible = text == kTextBlockBytes && (photo == 0 || photo == kPhotoBytes) &&
                        (finger == 0 || finger == kFingerprintBytes || finger == 2 * kFingerprintBytes);
  if (!possible) return {base::Failure::card_data_bad, "impossible lengths"};
  if (data.size() != header + text + photo + finger) return {base::Failure::card_data_bad, "lengths do not add up"};
  return data.subspan(header).first<kTextBlockBytes>();
}

Bytes photo_of_answer(SdtCommand command, Bytes data) {
  const auto text = text_of_answer(command, data);
  if (!text) return {};
  return data.subspan(static_cast<std::size_t>(text->data() - data.data()) + kTextBlockBytes, number_at(data, 2));
}

base::Result<Person> decode_person(TextBlockView text, std::chrono::year_month_day today) {
  const RecordLayout* layout = layout_of(unit_at(text, kLetterOffset));
  if (layout == nullptr) return {base::Failure::card_type_unsupported, "unknown type letter"};
  Person person;
  person.document = layout->document;
  if (!read_fields(text, *layout, person)) return {base::Failure::card_data_bad, "a field is not text"};
  if (person.document == DocumentKind::foreigner_permit_2023 && !read_latin_name_and_link(text, person))
    return {base::Failure::card_data_bad, "a field is not text"};
  person.sex = sex_from(unit_at(text, layout->sex_offset));
  person.checks = check_person(person, today);
  if (person.valid_until == kWithoutEnd) person.valid_until.clear();
  return person;
}

}  // namespace hal
