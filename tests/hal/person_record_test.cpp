#include "hal/id_card/person_record.h"

#include <gtest/gtest.h>

#include "hal/simulated/personas.h"
#include "tests/hal/sdt_bytes.h"

namespace {

using hal::DocumentKind;
using hal::Sex;
using hal::Validity;
using sdt_bytes::kToday;
using sdt_bytes::text_of;
using namespace std::chrono_literals;

hal::Person decoded(const hal::TextBlock& text) {
  auto person = hal::decode_person(text, kToday);
  EXPECT_TRUE(person);
  return *std::move(person);
}

void put_unit(hal::TextBlock& text, std::size_t offset, unsigned unit) {
  text.at(offset) = static_cast<std::uint8_t>(unit & 0xFFU);
  text.at(offset + 1) = static_cast<std::uint8_t>(unit >> 8U);
}

class APublishedVector : public testing::TestWithParam<sdt_vectors::PersonVector> {};

TEST_P(APublishedVector, is_the_persona_byte_for_byte) {
  const auto all = hal::personas(kToday);
  const auto persona = std::ranges::find(all, GetParam().id, &hal::Persona::id);
  ASSERT_NE(persona, all.end());
  EXPECT_EQ(persona->text, text_of(GetParam().id));
}

TEST_P(APublishedVector, makes_frames_with_the_published_digests) {
  const auto text = text_of(GetParam().id);
  std::uint8_t text_xor = 0;
  for (const std::uint8_t byte : text) text_xor ^= byte;
  EXPECT_EQ(text_xor, GetParam().text_xor);
  const auto frame = sdt_bytes::read_frame(text);
  EXPECT_EQ(frame.size(), 1295U);
  EXPECT_EQ(frame.back(), GetParam().check_30_01);
  EXPECT_EQ(sdt_bytes::sha256(frame), GetParam().sha256_30_01);
  constexpr auto kCommand = hal::SdtCommand::read_with_fingerprint;
  EXPECT_EQ(sdt_bytes::read_frame(text, kCommand, 1024).back(), GetParam().check_30_10_two_fingers);
  EXPECT_EQ(sdt_bytes::read_frame(text, kCommand, 512).back(), GetParam().check_30_10_one_finger);
  EXPECT_EQ(sdt_bytes::read_frame(text, kCommand, 0).back(), GetParam().check_30_10_no_finger);
}

TEST_P(APublishedVector, is_read_out_of_every_kind_of_answer) {
  const auto text = text_of(GetParam().id);
  for (const std::size_t fingers : {0U, 512U, 1024U}) {
    constexpr auto kCommand = hal::SdtCommand::read_with_fingerprint;
    const auto frame = sdt_bytes::read_frame(text, kCommand, fingers);
    hal::SdtDecoder decoder;
    decoder.expect(kCommand);
    const auto answer = decoder.feed(frame);
    ASSERT_TRUE(answer);
    const auto inside = hal::text_of_answer(kCommand, answer->data);
    ASSERT_TRUE(inside);
    EXPECT_TRUE(std::ranges::equal(*inside, text));
  }
}

TEST_P(APublishedVector, survives_decoding_and_encoding) {
  const auto again = hal::encode_person(decoded(text_of(GetParam().id)));
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, text_of(GetParam().id));
}

INSTANTIATE_TEST_SUITE_P(of_the_sheet, APublishedVector, testing::ValuesIn(sdt_vectors::kPersons),
                         [](const auto& vector) { return std::string(vector.param.id); });

TEST(AResidentCard, gives_its_fields) {
  const auto person = decoded(text_of("R1"));
  EXPECT_EQ(person.document, DocumentKind::resident_card);
  EXPECT_EQ(person.name.reveal(), "测试甲");
  EXPECT_EQ(person.sex, Sex::male);
  EXPECT_EQ(person.ethnic_code, "01");
  EXPECT_EQ(person.birth.reveal(), "19000230");
  EXPECT_EQ(person.address.reveal(), "虚构省样例市测试路1号");
  EXPECT_EQ(person.id_number.reveal(), "000000190002300016");
  EXPECT_EQ(person.authority.reveal(), "样例市公安局");
  EXPECT_EQ(person.valid_from, "20200101");
  EXPECT_EQ(person.valid_until, "20400101");
  EXPECT_EQ(person.nationality, "");
}

TEST(AResidentCard, without_end_has_no_end) {
  const auto person = decoded(text_of("R2"));
  EXPECT_EQ(person.name.reveal(), "样本·乙丙");
  EXPECT_EQ(person.sex, Sex::female);
  EXPECT_EQ(person.ethnic_code, "05");
  EXPECT_EQ(person.address.reveal(), "虚构自治区样例县测试乡2组");
  EXPECT_EQ(person.id_number.reveal(), "00000019000231002X");
  EXPECT_EQ(person.authority.reveal(), "样例县公安局");
  EXPECT_EQ(person.valid_from, "20200102");
  EXPECT_EQ(person.valid_until, "");
  EXPECT_EQ(person.checks.validity, Validity::valid);
}

TEST(AnHmtPermit, gives_its_fields) {
  const auto person = decoded(text_of("J1"));
  EXPECT_EQ(person.document, DocumentKind::hmt_permit);
  EXPECT_EQ(person.name.reveal(), "测试丙");
  EXPECT_EQ(person.ethnic_code, "");
  EXPECT_EQ(person.address.reveal(), "虚构省样例市测试路3号");
  EXPECT_EQ(person.id_number.reveal(), "810000190002300033");
  EXPECT_EQ(person.pass_number.reveal(), "H00000000");
  EXPECT_EQ(person.issues, "01");
  EXPECT_EQ(person.valid_until, "20250103");
  EXPECT_EQ(person.checks.validity, Validity::expired);
}

TEST(AForeignersPermitOf2017, gives_its_fields) {
  const auto person = decoded(text_of("I1"));
  EXPECT_EQ(person.document, DocumentKind::foreigner_permit_2017);
  EXPECT_EQ(person.latin_name.reveal(), "SPECIMEN, TEST ONE");
  EXPECT_EQ(person.name.reveal(), "测试丁");
  EXPECT_EQ(person.sex, Sex::female);
  EXPECT_EQ(person.id_number.reveal(), "XXX000000023015");
  EXPECT_EQ(person.nationality, "XXX");
  EXPECT_EQ(person.birth.reveal(), "19000230");
  EXPECT_EQ(person.issues, "01");
  EXPECT_EQ(person.authority.reveal(), "0000");
  EXPECT_EQ(person.valid_from, "20200104");
  EXPECT_EQ(person.valid_until, "20300104");
  EXPECT_TRUE(person.checks.number_check_digit);
  EXPECT_TRUE(person.checks.birth_fits_number);
}

TEST(AForeignersPermitOf2023, gives_its_fields) {
  const auto person = decoded(text_of("Y1"));
  EXPECT_EQ(person.document, DocumentKind::foreigner_permit_2023);
  EXPECT_EQ(person.name.reveal(), "测试戊");
  EXPECT_EQ(person.latin_name.reveal(), "SPECIMEN, TEST TWO");
  EXPECT_EQ(person.issues, "00");
  EXPECT_EQ(person.id_number.reveal(), "900000190002300027");
  EXPECT_EQ(person.nationality, "XXX");
  EXPECT_EQ(person.old_number.reveal(), "XXX000000023015");
  EXPECT_EQ(person.valid_from, "20240105");
  EXPECT_EQ(person.valid_until, "20340105");
}

TEST(AForeignersPermitOf2023, joins_a_long_name_before_trimming) {
  auto person = decoded(text_of("Y1"));
  const std::string name = "SPECIMEN, ANNABELLE MARIA CHARLOTTE WILHELMINA";  // 46: the 35th character ends a word
  ASSERT_EQ(name.size(), 46U);
  ASSERT_EQ(name[35], ' ');
  person.latin_name = base::Secret(name);
  const auto text = hal::encode_person(person);
  ASSERT_TRUE(text);
  EXPECT_EQ(decoded(*text).latin_name.reveal(), name);
  person.latin_name = base::Secret(name + "X");
  EXPECT_FALSE(hal::encode_person(person));
}

TEST(AForeignersPermitOf2023, has_no_old_number_when_the_link_is_blank) {
  auto text = text_of("Y1");
  for (std::size_t offset = 250; offset < 256; offset += 2) put_unit(text, offset, ' ');
  EXPECT_TRUE(decoded(text).old_number.empty());
}

TEST(ATextBlock, with_zero_as_type_letter_is_a_resident_card) {
  auto text = text_of("R1");
  put_unit(text, 248, 0);
  EXPECT_EQ(decoded(text).document, DocumentKind::resident_card);
}

TEST(ATextBlock, with_half_a_character_is_refused) {
  for (const unsigned unit : {0xD840U, 0xDC00U, 0xFFFEU, 0xFFFFU}) {
    auto text = text_of("R1");
    put_unit(text, 2, unit);
    const auto person = hal::decode_person(text, kToday);
    ASSERT_FALSE(person) << unit;
    EXPECT_EQ(person.error().failure, base::Failure::card_data_bad);
  }
}

TEST(ATextBlock, refuses_a_character_cut_by_the_end_of_its_field) {
  auto text = text_of("R1");
  put_unit(text, 28, 0xD840);  // last unit of the name; the next unit belongs to another field
  put_unit(text, 30, 0xDC00);
  EXPECT_FALSE(hal::decode_person(text, kToday));
}

TEST(ATextBlock, keeps_characters_outside_the_basic_plane_and_private_ones) {
  auto text = text_of("R1");
  put_unit(text, 2, 0xD842);  // U+20BB7
  put_unit(text, 4, 0xDFB7);
  put_unit(text, 6, 0xE000);
  EXPECT_EQ(decoded(text).name.reveal(), "测𠮷\uE000");
}

TEST(ATextBlock, loses_only_padding_at_the_end_of_a_field) {
  auto text = text_of("R1");
  put_unit(text, 0, ' ');
  put_unit(text, 2, 'A');
  put_unit(text, 4, ' ');
  put_unit(text, 6, ' ');
  put_unit(text, 8, 0x3000);
  put_unit(text, 10, 0);
  EXPECT_EQ(decoded(text).name.reveal(), " A  \u3000");
}

TEST(ATextBlock, with_an_unknown_sex_code_is_still_read) {
  auto text = text_of("R1");
  put_unit(text, 30, 0x7537);
  EXPECT_EQ(decoded(text).sex, Sex::unknown);
}

TEST(ATextBlock, takes_no_value_that_is_too_long_or_not_utf8) {
  auto person = decoded(text_of("R1"));
  person.name = base::Secret("一二三四五六七八九十一二三四五六");
  EXPECT_FALSE(hal::encode_person(person));
  for (const auto* text : {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE6\xB5", "\x80"}) {
    person.name = base::Secret(text);
    EXPECT_FALSE(hal::encode_person(person));
  }
}

TEST(AReadAnswer, may_come_without_a_photo) {
  const auto data = hal::encode_read_data(hal::SdtCommand::read_text, text_of("R1"), {}, {});
  EXPECT_TRUE(hal::text_of_answer(hal::SdtCommand::read_text, data));
}

TEST(AReadAnswer, with_lengths_that_do_not_add_up_is_refused) {
  const auto photo = hal::specimen_photo(hal::kPhotoBytes);
  auto data = hal::encode_read_data(hal::SdtCommand::read_text, text_of("R1"), photo, {});
  EXPECT_FALSE(hal::text_of_answer(hal::SdtCommand::read_text, std::span(data).first(data.size() - 1)));
  data.push_back(0);
  EXPECT_FALSE(hal::text_of_answer(hal::SdtCommand::read_text, data));
  data.pop_back();
  data[2] = 0;  // "no photo", and yet there is one
  EXPECT_FALSE(hal::text_of_answer(hal::SdtCommand::read_text, data));
}

TEST(AReadAnswer, with_impossible_lengths_is_refused) {
  const auto good = hal::encode_read_data(hal::SdtCommand::read_text, text_of("R1"), {}, {});
  for (const std::size_t i : {0U, 1U, 2U, 3U}) {
    auto data = good;
    data[i] ^= 0x01U;
    EXPECT_FALSE(hal::text_of_answer(hal::SdtCommand::read_text, data)) << i;
  }
  EXPECT_FALSE(hal::text_of_answer(hal::SdtCommand::read_text, std::span(good).first(3)));
  EXPECT_FALSE(hal::text_of_answer(hal::SdtCommand::read_with_fingerprint, good));
}

}  // namespace
