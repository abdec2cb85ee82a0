#include "hal/id_card/sdt_frame.h"

#include <gtest/gtest.h>

#include "hal/id_card/module_identity.h"
#include "tests/hal/sdt_bytes.h"

namespace {

using hal::SdtCommand;
using sdt_bytes::hex;

struct Question {
  SdtCommand command;
  std::string_view frame;
};

class ASdtQuestion : public testing::TestWithParam<Question> {};
TEST_P(ASdtQuestion, has_the_published_bytes) { EXPECT_EQ(hal::encode_sdt_question(GetParam().command), hex(GetParam().frame)); }
INSTANTIATE_TEST_SUITE_P(of_every_command, ASdtQuestion,
                         testing::Values(Question{SdtCommand::reset, "AA AA AA 96 69 00 03 10 FF EC"},
                                         Question{SdtCommand::status, "AA AA AA 96 69 00 03 11 FF ED"},
                                         Question{SdtCommand::module_id, "AA AA AA 96 69 00 03 12 FF EE"},
                                         Question{SdtCommand::find_card, "AA AA AA 96 69 00 03 20 01 22"},
                                         Question{SdtCommand::select_card, "AA AA AA 96 69 00 03 20 02 21"},
                                         Question{SdtCommand::read_text, "AA AA AA 96 69 00 03 30 01 32"},
                                         Question{SdtCommand::read_with_fingerprint, "AA AA AA 96 69 00 03 30 10 23"},
                                         Question{SdtCommand::read_new_address, "AA AA AA 96 69 00 03 30 03 30"},
                                         Question{SdtCommand::read_card_body_number, "AA AA AA 96 69 00 03 30 05 36"}));

TEST(ASdtQuestion, carries_data_inside_length_and_checksum) {
  const std::array<std::uint8_t, 1> largest{0x50};
  EXPECT_EQ(hal::encode_sdt_question(static_cast<SdtCommand>(0x61FF), largest), hex("AA AA AA 96 69 00 04 61 FF 50 CA"));
}

struct Short {
  SdtCommand command;
  std::string_view frame;
  std::uint8_t sw3;
  std::size_t data;
};

class AShortSdtAnswer : public testing::TestWithParam<Short> {};
TEST_P(AShortSdtAnswer, is_understood) {
  hal::SdtDecoder decoder;
  decoder.expect(GetParam().command);
  const auto answer = decoder.feed(hex(GetParam().frame));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->sw3, GetParam().sw3);
  EXPECT_EQ(answer->data.size(), GetParam().data);
}
TEST_P(AShortSdtAnswer, is_written_by_the_encoder_too) {
  const auto frame = hex(GetParam().frame);
  const auto data = std::span(frame).subspan(10, GetParam().data);
  EXPECT_EQ(hal::encode_sdt_answer(GetParam().sw3, data), frame);
}
TEST_P(AShortSdtAnswer, is_understood_when_it_comes_byte_by_byte) {
  hal::SdtDecoder decoder;
  decoder.expect(GetParam().command);
  const auto frame = hex(GetParam().frame);
  for (std::size_t i = 0; i + 1 < frame.size(); ++i) ASSERT_FALSE(decoder.feed(std::span(frame).subspan(i, 1)));
  EXPECT_TRUE(decoder.feed(std::span(frame).last(1)));
}
INSTANTIATE_TEST_SUITE_P(
    of_the_published_vectors, AShortSdtAnswer,
    testing::Values(
        Short{SdtCommand::status, "AA AA AA 96 69 00 04 00 00 90 94", 0x90, 0},
        Short{SdtCommand::find_card, "AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97", 0x9F, 4},
        Short{SdtCommand::select_card, "AA AA AA 96 69 00 0C 00 00 90 00 00 00 00 00 00 00 00 9C", 0x90, 8},
        Short{SdtCommand::find_card, "AA AA AA 96 69 00 04 00 00 80 84", 0x80, 0},
        Short{SdtCommand::select_card, "AA AA AA 96 69 00 04 00 00 81 85", 0x81, 0},
        Short{SdtCommand::read_text, "AA AA AA 96 69 00 04 00 00 41 45", 0x41, 0},
        Short{SdtCommand::read_new_address, "AA AA AA 96 69 00 04 00 00 91 95", 0x91, 0},
        Short{SdtCommand::read_text, "AA AA AA 96 69 00 04 00 00 31 35", 0x31, 0},
        Short{SdtCommand::read_text, "AA AA AA 96 69 00 04 00 00 32 36", 0x32, 0},
        Short{SdtCommand::status, "AA AA AA 96 69 00 04 00 00 60 64", 0x60, 0},
        Short{SdtCommand::status, "AA AA AA 96 69 00 04 00 00 66 62", 0x66, 0},
        Short{SdtCommand::find_card, "AA AA AA 96 69 00 04 00 00 10 14", 0x10, 0},
        Short{SdtCommand::find_card, "AA AA AA 96 69 00 04 00 00 11 15", 0x11, 0},
        Short{SdtCommand::find_card, "AA AA AA 96 69 00 04 00 00 21 25", 0x21, 0},
        Short{SdtCommand::module_id, "AA AA AA 96 69 00 14 00 00 90 05 00 03 00 95 48 40 01 01 00 00 00 02 00 00 00 1D", 0x90,
              16},
        Short{SdtCommand::read_card_body_number,
              "AA AA AA 96 69 00 20 00 00 90 10 11 12 13 14 15 16 17 18 19 1A 1B 1C 1D 1E 1F 20 21 22 23 24 25 26 27 28 29 2A "
              "2B B0",
              0x90, 28},
        Short{SdtCommand::read_new_address,
              "AA AA AA 96 69 00 4A 00 00 90 5A 86 84 67 01 77 37 68 8B 4F 02 5E B0 65 4B 6D D5 8B EF 8D 39 00 "
              "F7 53 20 00 20 00 20 00 20 00 20 00 20 00 20 00 20 00 20 00 20 00 20 00 20 00 20 00 20 00 20 00 "
              "20 00 20 00 20 00 20 00 20 00 20 00 20 00 20 00 26 ",
              0x90, 70}));

TEST(ASdtAnswer, is_the_answer_only_to_the_command_that_can_have_it) {
  const auto found = hex("AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97");
  const auto read = sdt_bytes::read_frame(sdt_bytes::text_of("R1"));
  for (const auto command :
       {SdtCommand::reset, SdtCommand::status, SdtCommand::module_id, SdtCommand::select_card, SdtCommand::read_new_address}) {
    hal::SdtDecoder decoder;
    decoder.expect(command);
    EXPECT_FALSE(decoder.feed(found));
    EXPECT_FALSE(decoder.feed(read));
    EXPECT_TRUE(decoder.begun());
  }
}

TEST(ASdtAnswer, of_success_needs_the_data_of_its_command) {
  EXPECT_FALSE(hal::sdt_answer_possible(SdtCommand::read_text, 0x90, 4));
  EXPECT_FALSE(hal::sdt_answer_possible(SdtCommand::find_card, 0x90, 8));
  EXPECT_TRUE(hal::sdt_answer_possible(SdtCommand::find_card, 0x9F, 8));
  EXPECT_TRUE(hal::sdt_answer_possible(SdtCommand::read_text, 0x41, 4));
}

TEST(ASdtAnswer, leaves_no_byte_of_itself_in_a_wiped_decoder) {
  hal::SdtDecoder decoder;
  decoder.expect(SdtCommand::read_text);
  const auto answer = decoder.feed(sdt_bytes::read_frame(sdt_bytes::text_of("R1")));
  ASSERT_TRUE(answer);
  decoder.wipe();
  EXPECT_TRUE(std::ranges::all_of(answer->data, [](std::uint8_t byte) { return byte == 0; }));
}

TEST(ASdtStatusTable, knows_every_published_code) {
  EXPECT_EQ(hal::sdt_statuses().size(), 20U);
  EXPECT_EQ(hal::sdt_status(0x66).meaning, hal::SdtMeaning::reader_out_of_order);
  EXPECT_EQ(hal::sdt_status(0x41).meaning, hal::SdtMeaning::moved);
  EXPECT_EQ(hal::sdt_status(0xEE).meaning, hal::SdtMeaning::look_again);
}

TEST(AModuleIdentity, is_written_as_every_vendor_writes_it) {
  EXPECT_EQ(hal::module_identity(hex("05 00 03 00 95 48 40 01 01 00 00 00 02 00 00 00")), "05.03-20990101-0000000001-0000000002");
}

TEST(AModuleIdentity, is_empty_for_the_rubbish_after_power_up) {
  EXPECT_EQ(hal::module_identity(hex("00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00")), "");
  EXPECT_EQ(hal::module_identity(hex("05 FF 03 00 95 48 40 01 01 00 00 00 02 00 00 00")), "");
  EXPECT_EQ(hal::module_identity(hex("05 00 03 00")), "");
}

}  // namespace
