// Commands, responses, objects and records of chip cards.
#include <gtest/gtest.h>
#include <winscard.h>

#include "hal/pcsc/apdu.h"
#include "hal/pcsc/card_text.h"
#include "hal/pcsc/estonian_card.h"
#include "hal/pcsc/pcsc_error.h"
#include "hal/pcsc/social_security_record.h"
#include "hal/pcsc/tlv.h"
#include "hal/simulated/card_image.h"

namespace {

using namespace std::chrono_literals;
using Bytes = std::vector<std::uint8_t>;
using hal::CardCharset;

constexpr auto kDayOfReading = 2026y / 11 / 24;

TEST(ACommand, is_written_in_each_of_the_four_short_forms) {
  EXPECT_EQ(hal::encode_command({0, 0xA4, 1, 2, {}, {}}), (Bytes{0, 0xA4, 1, 2}));
  EXPECT_EQ(hal::encode_command({0, 0xB0, 0, 0, {}, 256}), (Bytes{0, 0xB0, 0, 0, 0}));
  EXPECT_EQ(hal::encode_command({0, 0xA4, 2, 0, {0xEF, 0x06}, {}}), (Bytes{0, 0xA4, 2, 0, 2, 0xEF, 0x06}));
  EXPECT_EQ(hal::encode_command({0, 0xA4, 2, 0, {0xEF}, 5}), (Bytes{0, 0xA4, 2, 0, 1, 0xEF, 5}));
}

TEST(ACommand, that_is_too_long_is_not_written) {
  EXPECT_TRUE(hal::encode_command({0, 0, 0, 0, Bytes(255), {}}));
  EXPECT_FALSE(hal::encode_command({0, 0, 0, 0, Bytes(256), {}}));
  EXPECT_FALSE(hal::encode_command({0, 0, 0, 0, {}, 0}));
  EXPECT_FALSE(hal::encode_command({0, 0, 0, 0, {}, 257}));
}

TEST(ACommand, is_the_same_after_the_wire_and_nothing_when_its_lengths_do_not_fit) {
  for (const hal::CommandApdu& command :
       {hal::CommandApdu{0, 1, 2, 3, {}, {}}, {0, 1, 2, 3, {}, 7}, {0, 1, 2, 3, {9}, {}}, {0, 1, 2, 3, Bytes(255, 1), 256}})
    EXPECT_EQ(hal::decode_command(*hal::encode_command(command)), command);
  for (const Bytes& wire :
       {Bytes{}, Bytes{0, 1, 2}, Bytes{0, 1, 2, 3, 2, 9}, Bytes{0, 1, 2, 3, 1, 9, 9, 9}, Bytes{0, 1, 2, 3, 0, 1}})
    EXPECT_FALSE(hal::decode_command(wire)) << wire.size();
}

TEST(AResponse, needs_a_possible_status) {
  const auto answer = hal::decode_response(Bytes{1, 2, 0x90, 0x00});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->data, (Bytes{1, 2}));
  EXPECT_EQ(answer->status, hal::kStatusOk);
  for (const Bytes& wire : {Bytes{}, Bytes{0x90}, Bytes{0x60, 0x00}, Bytes{0x00, 0x00}, Bytes{0xA0, 0x00}, Bytes(259, 0x90)})
    EXPECT_FALSE(hal::decode_response(wire));
}

TEST(AResponse, tells_lengths_with_00_for_256) {
  EXPECT_TRUE(hal::has_more(0x6105));
  EXPECT_EQ(hal::length_in(0x6105), 5);
  EXPECT_TRUE(hal::wants_other_length(0x6C00));
  EXPECT_EQ(hal::length_in(0x6C00), 256);
}

TEST(AnObject, is_taken_off_the_front_with_its_tag_and_length_in_every_form) {
  Bytes all{0x08, 0x01, 0xAA, 0x5F, 0x1F, 0x81, 0x01, 0xBB, 0x7F, 0x81, 0x02, 0x82, 0x00, 0x01, 0xCC};
  std::span<const std::uint8_t> rest = all;
  for (const auto& [tag, value] : {std::pair{0x08U, 0xAA}, {0x5F1FU, 0xBB}, {0x7F8102U, 0xCC}}) {
    const auto object = hal::take_tlv(rest);
    ASSERT_TRUE(object);
    EXPECT_EQ(object->tag, tag);
    EXPECT_EQ(object->value.size(), 1U);
    EXPECT_EQ(object->value[0], value);
  }
  EXPECT_TRUE(rest.empty());
}

TEST(AnObject, that_is_not_whole_is_none_and_nothing_is_taken) {
  for (const Bytes& bytes :
       {Bytes{}, Bytes{0x08}, Bytes{0x08, 0x02, 0xAA}, Bytes{0x1F}, Bytes{0x1F, 0xFF, 0xFF, 0xFF, 0x01, 0x00},
        Bytes{0x08, 0x80, 0, 0}, Bytes{0x08, 0x81}, Bytes{0x08, 0x83, 0, 0, 1, 0xAA}, Bytes{0x08, 0xFF}}) {
    std::span<const std::uint8_t> rest = bytes;
    EXPECT_FALSE(hal::take_tlv(rest));
    EXPECT_EQ(rest.size(), bytes.size());
  }
}

TEST(AnObject, may_be_padded_but_not_followed) {
  EXPECT_TRUE(hal::only_value(Bytes{0x08, 0x01, 0xAA, 0xFF, 0xFF}, 0x08));
  EXPECT_TRUE(hal::only_value(Bytes{0x08, 0x01, 0xAA, 0x00}, 0x08));
  EXPECT_FALSE(hal::only_value(Bytes{0x08, 0x01, 0xAA, 0x01}, 0x08));
  EXPECT_FALSE(hal::only_value(Bytes{0x08, 0x01, 0xAA}, 0x09));
}

std::string decoded_text(std::string_view bytes, CardCharset charset = CardCharset::gb18030) {
  const auto text = hal::decode_card_text(Bytes(bytes.begin(), bytes.end()), charset);
  return text ? std::string(text->reveal()) : "none";
}

TEST(TextOnACard, is_gb_18030_in_one_two_and_four_bytes_without_its_padding) {
  EXPECT_EQ(decoded_text("\xB2\xE2\xCA\xD4"), "测试");
  EXPECT_EQ(decoded_text("A\xA1\xA4\xB2\xE2  "), "A·测");
  EXPECT_EQ(decoded_text("\xB2\xE2\xFF\xFF"), "测");
  EXPECT_EQ(decoded_text(*hal::encode_card_text("王𬎆", CardCharset::gb18030)), "王𬎆") << "four bytes, beyond the BMP";
  EXPECT_EQ(decoded_text(std::string_view("\xB2\xE2\0\0", 4)), "测");
  EXPECT_EQ(decoded_text(""), "");
}

TEST(TextOnACard, that_is_broken_or_holds_controls_is_none) {
  for (const std::string_view bytes : {"\xB2", "\xB2\xE2\xB2", "\x84\x31", "a\x1B[2J", "a\nb", "\x7F", "\x81\x30\x81\x30"})
    EXPECT_EQ(decoded_text(bytes), "none") << bytes.size();
  EXPECT_EQ(decoded_text("\xC3", CardCharset::utf8), "none");
  EXPECT_EQ(decoded_text("\xED\xA0\x80", CardCharset::utf8), "none") << "half a surrogate";
  EXPECT_EQ(decoded_text("\xC2\x85", CardCharset::utf8), "none") << "C1";
  EXPECT_EQ(decoded_text("Ä", CardCharset::utf8), "Ä");
}

TEST(Bcd, is_digits_or_nothing) {
  EXPECT_EQ(hal::decode_bcd(Bytes{0x19, 0x00, 0x02, 0x30}), "19000230");
  EXPECT_FALSE(hal::decode_bcd(Bytes{0x1A}));
  EXPECT_FALSE(hal::decode_bcd(Bytes{0xF0}));
}

hal::SocialSecurityRecords records() { return *hal::encode_social_security_person(hal::social_security_holder()); }

TEST(ASocialSecurityCard, says_who_holds_it) {
  const auto person = hal::decode_social_security_person(records(), kDayOfReading);
  ASSERT_TRUE(person);
  EXPECT_EQ(person->document, hal::DocumentKind::social_security_card);
  EXPECT_EQ(person->name.reveal(), "测试己");
  EXPECT_EQ(person->id_number.reveal(), "000000190002300032");
  EXPECT_EQ(person->sex, hal::Sex::male);
  EXPECT_EQ(person->ethnic_code, "01");
  EXPECT_EQ(person->birth.reveal(), "19000230");
  EXPECT_EQ(person->card_number.reveal(), "A00000001");
  EXPECT_TRUE(person->checks.number_check_digit);
  EXPECT_TRUE(person->checks.birth_fits_number);
  EXPECT_TRUE(person->checks.sex_fits_number);
  EXPECT_EQ(person->checks.validity, hal::Validity::unreadable);
}

TEST(ASocialSecurityCard, writes_its_records_with_tag_and_length) {
  EXPECT_EQ(records()[hal::SocialSecurityTag::birth], (Bytes{0x0D, 0x04, 0x19, 0x00, 0x02, 0x30}));
  EXPECT_EQ(records()[hal::SocialSecurityTag::name].size(), 0x20U);
  EXPECT_EQ(records()[hal::SocialSecurityTag::id_number].size(), 0x14U);
}

TEST(ASocialSecurityCard, takes_the_sex_as_digit_or_number) {
  for (const std::uint8_t code : {std::uint8_t{0x31}, std::uint8_t{0x01}}) {
    auto changed = records();
    changed[hal::SocialSecurityTag::sex] = {0x0A, 1, code};
    EXPECT_EQ(hal::decode_social_security_person(changed, kDayOfReading)->sex, hal::Sex::male);
  }
}

TEST(ASocialSecurityCard, gives_no_person_without_number_name_or_birth) {
  using enum hal::SocialSecurityTag;
  for (const auto tag : {id_number, name, birth}) {
    auto missing = records();
    missing.erase(tag);
    EXPECT_FALSE(hal::decode_social_security_person(missing, kDayOfReading));
  }
  for (const auto tag : {sex, ethnic_group, card_number}) {
    auto missing = records();
    missing.erase(tag);
    EXPECT_TRUE(hal::decode_social_security_person(missing, kDayOfReading));
  }
}

TEST(ASocialSecurityCard, gives_no_person_from_a_damaged_record) {
  for (const auto& [tag, record] : records()) {
    for (const Bytes& damaged :
         {Bytes{}, Bytes{record[0]}, Bytes{record[0], 0x7F, 0x41}, Bytes{0x55, 0x00}, Bytes{record[0], 1, 0x1B}}) {
      if (damaged.size() == 3 && damaged[1] == 1 && tag == hal::SocialSecurityTag::sex) continue;  // some unknown sex
      auto changed = records();
      changed[tag] = damaged;
      EXPECT_FALSE(hal::decode_social_security_person(changed, kDayOfReading)) << int{record[0]} << ' ' << damaged.size();
    }
  }
}

TEST(ASocialSecurityCard, with_a_wrong_check_digit_still_says_who_holds_it) {
  auto changed = records();
  changed[hal::SocialSecurityTag::id_number][19] = '3';
  const auto person = hal::decode_social_security_person(changed, kDayOfReading);
  ASSERT_TRUE(person);
  EXPECT_FALSE(person->checks.number_check_digit);
}

hal::EstonianRecords estonian() {
  using base::Secret;
  return {Secret("NÄIDIS"),      Secret("TEST ÜKS"),  Secret("XXX"), Secret("30 02 1900 FICTION"),
          Secret("30002300016"), Secret("31 12 2031")};
}

TEST(AnEstonianCard, says_who_holds_it) {
  const auto person = hal::decode_estonian_person(estonian(), kDayOfReading);
  ASSERT_TRUE(person);
  EXPECT_EQ(person->document, hal::DocumentKind::electronic_id);
  EXPECT_EQ(person->latin_name.reveal(), "NÄIDIS, TEST ÜKS");
  EXPECT_EQ(person->birth.reveal(), "19000230");
  EXPECT_EQ(person->id_number.reveal(), "30002300016");
  EXPECT_EQ(person->sex, hal::Sex::male);
  EXPECT_EQ(person->nationality, "XXX");
  EXPECT_EQ(person->valid_until, "20311231");
  EXPECT_TRUE(person->checks.number_check_digit);
  EXPECT_TRUE(person->checks.birth_fits_number);
  EXPECT_FALSE(person->checks.birth_is_a_date);
  EXPECT_EQ(person->checks.validity, hal::Validity::valid);
}

TEST(AnEstonianCard, is_valid_to_the_end_of_its_last_day) {
  EXPECT_EQ(hal::decode_estonian_person(estonian(), 2031y / 12 / 31)->checks.validity, hal::Validity::valid);
  EXPECT_EQ(hal::decode_estonian_person(estonian(), 2032y / 1 / 1)->checks.validity, hal::Validity::expired);
  auto records = estonian();
  records.expiry = base::Secret("***");
  EXPECT_EQ(hal::decode_estonian_person(std::move(records), kDayOfReading)->checks.validity, hal::Validity::unreadable);
}

TEST(AnEstonianCard, gives_no_person_without_surname_birth_or_code) {
  for (auto member : {&hal::EstonianRecords::surname, &hal::EstonianRecords::birth, &hal::EstonianRecords::personal_code}) {
    auto records = estonian();
    records.*member = {};
    EXPECT_FALSE(hal::decode_estonian_person(std::move(records), kDayOfReading));
  }
}

TEST(AnEstonianCode, has_a_check_digit_in_two_rounds) {
  EXPECT_TRUE(hal::estonian_code_is_right("38001085718")) << "the published specimen";
  EXPECT_FALSE(hal::estonian_code_is_right("38001085719"));
  EXPECT_FALSE(hal::estonian_code_is_right("3800108571"));
  EXPECT_FALSE(hal::estonian_code_is_right("3800108571X"));
}

TEST(AReturnCode, says_what_is_to_be_done) {
  using enum hal::SmartCardError;
  EXPECT_EQ(hal::pcsc_error(SCARD_S_SUCCESS), std::nullopt);
  EXPECT_EQ(hal::pcsc_error(SCARD_E_TIMEOUT), std::nullopt);
  for (const long code : {SCARD_E_NO_SERVICE, SCARD_E_SERVICE_STOPPED, SCARD_E_INVALID_HANDLE})
    EXPECT_EQ(hal::pcsc_error(code), rebuild_context) << std::hex << code;
  for (const long code : {SCARD_E_UNKNOWN_READER, SCARD_E_READER_UNAVAILABLE, SCARD_E_NO_READERS_AVAILABLE})
    EXPECT_EQ(hal::pcsc_error(code), rebuild_list) << std::hex << code;
  for (const long code : {SCARD_E_NO_SMARTCARD, SCARD_W_REMOVED_CARD}) EXPECT_EQ(hal::pcsc_error(code), card_gone);
  for (const long code : {SCARD_W_UNRESPONSIVE_CARD, SCARD_W_UNPOWERED_CARD, SCARD_E_PROTO_MISMATCH})
    EXPECT_EQ(hal::pcsc_error(code), turn_card) << std::hex << code;
  EXPECT_EQ(hal::pcsc_error(SCARD_W_RESET_CARD), card_reset);
  EXPECT_EQ(hal::pcsc_error(SCARD_E_SHARING_VIOLATION), retry_later);
  EXPECT_EQ(hal::pcsc_error(SCARD_W_SECURITY_VIOLATION), refused);
  EXPECT_EQ(hal::pcsc_error(SCARD_E_CANCELLED), cancelled);
  EXPECT_EQ(hal::pcsc_error(SCARD_E_NOT_TRANSACTED), failed);
  EXPECT_EQ(hal::pcsc_error(0x12345), failed);
}

}  // namespace
