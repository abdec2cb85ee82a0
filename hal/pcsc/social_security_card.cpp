#include "hal/pcsc/social_security_card.h"

#include "hal/pcsc/social_security_record.h"

namespace hal {
namespace {

constexpr std::uint8_t kSelectCommand = 0xA4;
constexpr std::uint8_t kReadRecord = 0xB2;
constexpr std::uint8_t kSelectChild = 0x02;
constexpr std::uint8_t kCurrentFile = 0x00;
constexpr std::uint8_t kCardFile = 0x2C;  // EF05 by its short id, P1 is the record

bool select_person_file(CardConversation& card) {
  const auto answer = card.ask({0, kSelectCommand, kSelectChild, 0, {0xEF, 0x06}, {}});
  return answer && answer->status == kStatusOk;
}

}  // namespace

base::Result<Person> read_social_security_card(CardConversation& card, std::chrono::year_month_day today) {
  if (!select_person_file(card)) return {base::Failure::card_data_bad, "no personal file"};
  SocialSecurityRecords records;
  for (const SocialSecurityField& field : kSocialSecurityFields) {
    const auto tag = static_cast<std::uint8_t>(field.tag);
    const std::uint8_t file = field.tag == SocialSecurityTag::card_number ? kCardFile : kCurrentFile;
    auto answer = card.ask({0, kReadRecord, tag, file, {}, field.record_bytes});
    if (!answer) return {base::Failure::card_data_bad, "the conversation broke off"};
    if (answer->status == kStatusOk) records[field.tag] = std::move(answer->data);
  }
  return decode_social_security_person(records, today);
}

}  // namespace hal
