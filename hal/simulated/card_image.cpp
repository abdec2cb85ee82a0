#include "hal/simulated/card_image.h"

#include <string>

#include "hal/pcsc/belgian_card.h"
#include "hal/pcsc/card_text.h"
#include "hal/pcsc/estonian_card.h"
#include "hal/pcsc/nhi_card.h"
#include "hal/pcsc/social_security_card.h"
#include "hal/pcsc/social_security_record.h"

namespace hal {
namespace {

constexpr std::uint16_t kCardFileId = 0xEF05;
constexpr std::uint16_t kPersonFileId = 0xEF06;
constexpr std::uint8_t kBirthplace = 0x0C;
constexpr std::uint16_t kNhiBasicData = 0x1100;
constexpr std::uint16_t kBelgianIdentityFileId = 0x4031;
constexpr std::uint16_t kBelgianAddressFileId = 0x4033;

// T=0, seven historical characters.
std::vector<std::uint8_t> plain_atr() { return {0x3B, 0x67, 0x00, 0x00, 'L', 'I', 'N', 'L', 'I', '0', '1'}; }

void drop_padding(std::vector<std::uint8_t>& record) {
  while (record.size() > 2 && record.back() == 0) record.pop_back();
  record[1] = static_cast<std::uint8_t>(record.size() - 2);
}

Person holder(std::string_view name, Sex sex, std::string_view birth, std::string_view number, std::string_view card) {
  Person person;
  person.document = DocumentKind::social_security_card;
  person.name = base::Secret(name);
  person.sex = sex;
  person.ethnic_code = "01";
  person.birth = base::Secret(birth);
  person.id_number = base::Secret(number);
  person.card_number = base::Secret(card);
  return person;
}

std::vector<std::uint8_t> bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

}  // namespace

CardImage social_security_image(const Person& person, bool compact) {
  CardImage image{plain_atr(), {kSocialSecurityEnvironment.begin(), kSocialSecurityEnvironment.end()}, {}};
  auto records = encode_social_security_person(person);
  if (!records) return image;
  CardFile card{kCardFileId, {}, {}};
  CardFile holder_file{kPersonFileId, {}, {}};
  for (auto& [tag, record] : *records) {
    if (compact) drop_padding(record);
    CardFile& file = tag == SocialSecurityTag::card_number ? card : holder_file;
    file.records[static_cast<std::uint8_t>(tag)] = record;
  }
  holder_file.records[kBirthplace] = {kBirthplace, 3, 0, 0, 0};
  image.files = {card, holder_file};
  return image;
}

CardImage estonian_image() {
  CardImage image{plain_atr(), {kEstonianIdentity.begin(), kEstonianIdentity.end()}, {}};
  image.files.push_back({0x5000, {}, {}});
  const auto add = [&](std::uint8_t number, std::string_view text) {
    image.files.push_back({static_cast<std::uint16_t>(0x5000 + number), {}, bytes_of(text)});
  };
  add(1, "NÄIDIS");
  add(2, "TEST ÜKS");
  add(3, "M");
  add(4, "XXX");
  add(5, "30 02 1900 FICTION");
  add(6, "30002300016");
  add(7, "XX0000000");
  add(8, "31 12 2031");
  return image;
}

// A number of which no sex has the second digit, and a birthday that never was.
CardImage nhi_image() {
  auto name = encode_card_text("測試子", CardCharset::big5).value_or("");
  name.resize(20, '\0');
  return {plain_atr(),
          {kNhiIdentity.begin(), kNhiIdentity.end()},
          {},
          {{kNhiBasicData, bytes_of("000000000001" + name + "A000000009" + "0010230" + "M" + "1130101")}}};
}

CardImage belgian_image() {
  using Field = std::pair<std::uint8_t, std::string_view>;
  const auto file = [](std::uint16_t id, std::initializer_list<Field> fields) {
    CardFile made{id, {}, {0, 1, 1}};  // its version
    for (const auto& [tag, text] : fields) {
      made.bytes.push_back(tag);
      made.bytes.push_back(static_cast<std::uint8_t>(text.size()));
      made.bytes.insert(made.bytes.end(), text.begin(), text.end());
    }
    made.bytes.resize(made.bytes.size() + 16);
    return made;
  };
  CardImage image{plain_atr(), {kBelgianIdentity.begin(), kBelgianIdentity.end()}, {}};
  image.files.push_back(file(kBelgianIdentityFileId, {{1, "000000000000"},
                                                      {2, "SPECIMEN CHIP 01"},
                                                      {3, "01.01.2021"},
                                                      {4, "31.12.2031"},
                                                      {5, "Nergenshuizen"},
                                                      {6, "00023000183"},
                                                      {7, "VOORBEELD"},
                                                      {8, "Test Drie"},
                                                      {9, "T"},
                                                      {10, "Fictief"},
                                                      {11, "Nergenshuizen"},
                                                      {12, "30 FEB 1900"},
                                                      {13, "M"},
                                                      {15, "01"}}));
  image.files.push_back(file(kBelgianAddressFileId, {{1, "Fictiestraat 1"}, {2, "0000"}, {3, "Nergenshuizen"}}));
  return image;
}

CardImage unknown_image() { return {plain_atr(), {0xA0, 0x00, 0x00, 0x00, 0x03, 0x10, 0x10}, {}}; }

Person social_security_holder() { return holder("测试己", Sex::male, "19000230", "000000190002300032", "A00000001"); }

Person other_social_security_holder() { return holder("样本·庚辛", Sex::female, "19000231", "000000190002310046", "A00000002"); }

}  // namespace hal
