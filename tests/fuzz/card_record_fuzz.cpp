// links: linli_hal
// Records of a social-security card, each behind a byte for its tag and one for its length: refused, or a person whose texts can
// be written back, and who is the same again after that. The same bytes as fields of an Estonian eID, as a health card's object,
// and as the two files of a Belgian eID, the first behind its length.
#include <algorithm>

#include "hal/pcsc/belgian_card.h"
#include "hal/pcsc/card_text.h"
#include "hal/pcsc/estonian_card.h"
#include "hal/pcsc/nhi_card.h"
#include "hal/pcsc/social_security_record.h"
#include "tests/fuzz/require.h"

namespace {

constexpr std::chrono::year_month_day kToday{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{24}};
using Bytes = std::span<const std::uint8_t>;

Bytes take_piece(Bytes& bytes) {
  if (bytes.empty()) return {};
  const std::size_t length = std::min<std::size_t>(bytes[0], bytes.size() - 1);
  const Bytes piece = bytes.subspan(1, length);
  bytes = bytes.subspan(1 + length);
  return piece;
}

void check_social_security(Bytes bytes) {
  hal::SocialSecurityRecords records;
  while (bytes.size() > 1) {
    const auto tag = hal::kSocialSecurityFields.at(bytes[0] % hal::kSocialSecurityFields.size()).tag;
    bytes = bytes.subspan(1);
    const Bytes piece = take_piece(bytes);
    records[tag] = {piece.begin(), piece.end()};
  }
  const auto person = hal::decode_social_security_person(records, kToday);
  if (!person) return;
  require(person->birth.size() == 8 && !person->name.empty() && !person->id_number.empty());
  const auto written = hal::encode_social_security_person(*person);
  if (!written) return;  // longer than a record of ours
  const auto again = hal::decode_social_security_person(*written, kToday);
  require(again.ok());
  require(again->name == person->name && again->id_number == person->id_number && again->birth == person->birth);
  require(again->sex == person->sex && again->ethnic_code == person->ethnic_code && again->card_number == person->card_number);
}

void check_eid(Bytes bytes) {
  hal::EstonianRecords records;
  for (auto member : {&hal::EstonianRecords::surname, &hal::EstonianRecords::given_names, &hal::EstonianRecords::citizenship,
                      &hal::EstonianRecords::birth, &hal::EstonianRecords::personal_code, &hal::EstonianRecords::expiry}) {
    auto text = hal::decode_card_text(take_piece(bytes), hal::CardCharset::utf8);
    if (!text) return;
    records.*member = *std::move(text);
  }
  const auto person = hal::decode_estonian_person(std::move(records), kToday);
  if (person) require(person->birth.size() == 8 && !person->latin_name.empty() && !person->id_number.empty());
}

void check_nhi(Bytes bytes) {
  const auto person = hal::decode_nhi_person(bytes);
  if (person) require(person->birth.size() == 8 && !person->name.empty() && person->id_number.size() == 10);
}

void check_belgian_eid(Bytes bytes) {
  const Bytes identity = take_piece(bytes);
  const auto person = hal::decode_belgian_person(identity, bytes, kToday);
  if (person) require(person->birth.size() == 8 && !person->latin_name.empty() && person->id_number.size() == 11);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check_social_security({data, size});
  check_eid({data, size});
  check_nhi({data, size});
  check_belgian_eid({data, size});
  return 0;
}
