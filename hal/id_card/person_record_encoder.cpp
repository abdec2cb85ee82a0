#include <algorithm>

#include "hal/citizen_number.h"
#include "hal/id_card/old_permit_number.h"
#include "hal/id_card/person_record.h"
#include "hal/id_card/record_layout.h"
#include "hal/id_card/utf16_text.h"

namespace hal {
namespace {

using Block = std::span<std::uint8_t, kTextBlockBytes>;

std::string_view value_of(const Person& person, const RecordField& field) {
  if (const auto* secret = std::get_if<base::Secret Person::*>(&field.member)) return (person.*(*secret)).reveal();
  const auto member = std::get<std::string Person::*>(field.member);
  const std::string& text = person.*member;
  return member == &Person::valid_until && text.empty() ? kWithoutEnd : std::string_view(text);
}

bool write_latin_name_and_link(const Person& person, Block block) {
  std::array<std::uint8_t, kLatinFirstLength + kLatinSecondLength> joined{};
  if (!encode_utf16_field(person.latin_name.reveal(), joined)) return false;
  std::copy_n(joined.begin(), kLatinFirstLength, block.begin() + kLatinFirstOffset);
  std::copy_n(joined.begin() + kLatinFirstLength, kLatinSecondLength, block.begin() + kLatinSecondOffset);
  const std::string_view old = person.old_number.reveal();
  return encode_utf16_field(first_of_link(old), block.subspan(kLinkOffset, 4)) &&
         encode_utf16_field(last_of_link(old), block.subspan(kLinkOffset + 4, 2));
}

void append_length(std::vector<std::uint8_t>& data, std::size_t length) {
  data.push_back(static_cast<std::uint8_t>(length >> 8U));
  data.push_back(static_cast<std::uint8_t>(length & 0xFFU));
}

}  // namespace

base::Result<TextBlock> encode_person(const Person& person) {
  const RecordLayout* layout = layout_of(person.document);
  if (layout == nullptr) return {base::Failure::card_type_unsupported, "no layout for this document"};
  TextBlock block{};
  (void)encode_utf16_field("", block);
  for (const RecordField& field : layout->fields) {
    const auto place = Block(block).subspan(field.offset, field.length);
    if (!encode_utf16_field(value_of(person, field), place)) return {base::Failure::card_data_bad, "a value does not fit"};
  }
  if (person.document == DocumentKind::foreigner_permit_2023 && !write_latin_name_and_link(person, block))
    return {base::Failure::card_data_bad, "a value does not fit"};
  block.at(layout->sex_offset) = static_cast<std::uint8_t>('0' + static_cast<int>(person.sex));
  block.at(layout->sex_offset + 1) = 0;
  block.at(kLetterOffset) = static_cast<std::uint8_t>(layout->letter);
  block.at(kLetterOffset + 1) = 0;
  return block;
}

std::vector<std::uint8_t> encode_read_data(SdtCommand command, TextBlockView text, std::span<const std::uint8_t> photo,
                                           std::span<const std::uint8_t> fingerprint) {
  std::vector<std::uint8_t> data;
  data.reserve(6 + text.size() + photo.size() + fingerprint.size());
  append_length(data, text.size());
  append_length(data, photo.size());
  if (command == SdtCommand::read_with_fingerprint) append_length(data, fingerprint.size());
  data.insert(data.end(), text.begin(), text.end());
  data.insert(data.end(), photo.begin(), photo.end());
  if (command == SdtCommand::read_with_fingerprint) data.insert(data.end(), fingerprint.begin(), fingerprint.end());
  return data;
}

}  // namespace hal
