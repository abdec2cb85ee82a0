// What noise, damage and malice on the line must and must not do.
#include <gtest/gtest.h>

#include "base/random.h"
#include "hal/id_card/person_record.h"
#include "hal/id_card/sdt_frame.h"
#include "tests/hal/sdt_bytes.h"

namespace {

using hal::SdtCommand;
using sdt_bytes::Bytes;
using sdt_bytes::hex;
using namespace std::chrono_literals;

class HostileInput : public testing::Test {
 protected:
  std::optional<hal::SdtAnswer> answer_to(SdtCommand command, const Bytes& wire) {
    decoder.expect(command);
    return decoder.feed(wire);
  }
  base::Result<hal::Person> person_in(const Bytes& wire) {
    const auto answer = answer_to(SdtCommand::read_text, wire);
    if (!answer) return base::Failure::card_no_answer;
    const auto text = hal::text_of_answer(SdtCommand::read_text, answer->data);
    if (!text) return text.error();
    return hal::decode_person(*text, sdt_bytes::kToday);
  }
  hal::SdtDecoder decoder;
};

TEST_F(HostileInput, a_byte_inserted_in_the_sync_run_is_survived) {
  EXPECT_TRUE(answer_to(SdtCommand::status, hex("AA 00 AA AA 96 69 00 04 00 00 90 94")));
}
TEST_F(HostileInput, extra_sync_bytes_are_survived) {
  EXPECT_TRUE(answer_to(SdtCommand::status, hex("AA AA AA AA AA 96 69 00 04 00 00 90 94")));
}
TEST_F(HostileInput, leading_junk_is_survived) {
  EXPECT_TRUE(answer_to(SdtCommand::status, hex("55 AA AA AA 96 69 00 04 00 00 90 94")));
}
TEST_F(HostileInput, a_wrong_checksum_is_damage) {
  EXPECT_FALSE(answer_to(SdtCommand::status, hex("AA AA AA 96 69 00 04 00 00 90 95")));
  EXPECT_EQ(decoder.damaged(), 1U);
}
TEST_F(HostileInput, the_longest_length_is_refused_at_once) {
  EXPECT_FALSE(answer_to(SdtCommand::status, hex("AA AA AA 96 69 FF FF")));
  EXPECT_EQ(decoder.damaged(), 1U);
  EXPECT_TRUE(decoder.feed(hex("AA AA AA 96 69 00 04 00 00 90 94")));
}
TEST_F(HostileInput, a_length_below_four_is_refused_although_its_checksum_is_right) {
  EXPECT_FALSE(answer_to(SdtCommand::status, hex("AA AA AA 96 69 00 03 00 00 03")));
  EXPECT_EQ(decoder.damaged(), 1U);
}

TEST_F(HostileInput, a_card_cut_at_any_byte_gives_no_person) {
  const Bytes whole = sdt_bytes::read_frame(sdt_bytes::text_of("R1"));
  ASSERT_TRUE(person_in(whole));
  for (std::size_t cut = 0; cut < whole.size(); ++cut)
    ASSERT_FALSE(person_in({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(cut)})) << cut;
}

TEST_F(HostileInput, lengths_inside_that_do_not_add_up_give_no_person) {
  Bytes frame = sdt_bytes::read_frame(sdt_bytes::text_of("R1"));
  frame[13] = 0x01;
  sdt_bytes::fix_checksum(frame);
  const auto person = person_in(frame);
  ASSERT_FALSE(person);
  EXPECT_EQ(person.error().failure, base::Failure::card_data_bad);
}

TEST_F(HostileInput, an_unknown_type_letter_releases_no_field) {
  Bytes frame = sdt_bytes::read_frame(sdt_bytes::text_of("R1"));
  frame[14 + 248] = 0x5A;
  sdt_bytes::fix_checksum(frame);
  const auto person = person_in(frame);
  ASSERT_FALSE(person);
  EXPECT_EQ(person.error().failure, base::Failure::card_type_unsupported);
}

TEST_F(HostileInput, a_changed_number_is_read_and_flagged) {
  Bytes frame = sdt_bytes::read_frame(sdt_bytes::text_of("R1"));
  frame[14 + 122 + 34] = '7';
  sdt_bytes::fix_checksum(frame);
  const auto person = person_in(frame);
  ASSERT_TRUE(person);
  EXPECT_FALSE(person->checks.number_check_digit);
}

TEST_F(HostileInput, a_good_answer_is_found_behind_a_damaged_one) {
  Bytes wire = hex("AA AA AA 96 69 00 04 00 00 90 95 AA AA AA 96 69 00 04 00 00");
  const Bytes good = sdt_bytes::read_frame(sdt_bytes::text_of("R2"));
  wire.insert(wire.end(), good.begin(), good.end());
  EXPECT_TRUE(person_in(wire));
}

TEST_F(HostileInput, a_frame_start_inside_the_photo_does_not_confuse) {
  Bytes frame = sdt_bytes::read_frame(sdt_bytes::text_of("R1"));
  const Bytes inner = hex("AA 96 69 00 04 00 00 90 94");
  std::ranges::copy(inner, frame.begin() + 600);
  sdt_bytes::fix_checksum(frame);
  EXPECT_TRUE(person_in(frame));
}

TEST_F(HostileInput, any_single_damaged_byte_gives_the_same_person_or_none) {
  const Bytes whole = sdt_bytes::read_frame(sdt_bytes::text_of("R1"));
  for (std::size_t i = 0; i < whole.size(); ++i) {
    Bytes damaged = whole;
    damaged[i] ^= 0x10U;
    const auto person = person_in(damaged);
    if (i < 2) {
      ASSERT_TRUE(person) << i;  // only sync bytes can be lost
    } else {
      ASSERT_FALSE(person) << i;
    }
  }
}

TEST_F(HostileInput, any_amount_of_noise_passes_and_the_answer_behind_it_is_found) {
  base::SeededRandom random(7);
  Bytes wire(100'000);
  random.fill(wire);
  decoder.expect(SdtCommand::find_card);
  EXPECT_FALSE(decoder.feed(wire));
  const Bytes good = hex("AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97");
  bool found = false;
  for (int i = 0; i < 3 && !found; ++i) found = decoder.feed(good).has_value();  // a false start may eat the first
  EXPECT_TRUE(found);
}

}  // namespace
