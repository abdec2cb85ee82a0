// The decisions of the driver, one step at a time, on a clock that moves only when told.
#include "tests/hal/sdt_dialogue_rig.h"

namespace {

using card_test::kReady;
using hal::LinkFault;
using hal::SdtCommand;
using namespace std::chrono_literals;
using sdt_test::Events;

class ADialogue : public sdt_test::DialogueRig {};

TEST_F(ADialogue, opens_warms_up_and_asks_who_the_reader_is) {
  open();
  introduce();
  EXPECT_EQ(events, (Events{"starting", kReady}));
}

TEST_F(ADialogue, waits_for_a_device_instead_of_polling_when_there_is_none) {
  ASSERT_TRUE(std::holds_alternative<hal::SdtOpen>(next()));
  dialogue.not_opened(std::nullopt, clock.now());
  EXPECT_EQ(events, (Events{"absent"}));
  const auto step = next();
  ASSERT_TRUE(std::holds_alternative<hal::SdtAwaitDevice>(step));
  EXPECT_EQ(std::get<hal::SdtAwaitDevice>(step).patience, timing.absent_period);
}

TEST_F(ADialogue, says_why_a_reader_that_is_there_cannot_be_opened) {
  (void)next();
  dialogue.not_opened(base::Failure::device_no_permission, clock.now());
  EXPECT_EQ(events, (Events{"faulted DEV-001"}));
  open();
  introduce();
  EXPECT_EQ(events.back(), kReady);
}

TEST_F(ADialogue, opens_a_device_as_soon_as_it_comes_but_not_in_a_rush) {
  (void)next();
  dialogue.not_opened(std::nullopt, clock.now());
  (void)next();
  dialogue.device_may_have_come(clock.now());
  const auto step = next();
  ASSERT_TRUE(std::holds_alternative<hal::SdtRest>(step));
  EXPECT_EQ(std::get<hal::SdtRest>(step).duration, timing.reopen_pause);
  clock.advance(timing.reopen_pause);
  EXPECT_TRUE(std::holds_alternative<hal::SdtOpen>(next()));
}

TEST_F(ADialogue, searches_less_often_while_no_card_comes_and_as_before_once_one_was_there) {
  become_ready();
  const auto until_asked_again = [this] {
    answer(SdtCommand::find_card, 0x80);
    rested = {};
    (void)next_deed();
    return rested;
  };
  for (unsigned i = 1; i <= hal::kSearchesUntilQuiet; ++i) EXPECT_EQ(until_asked_again(), timing.find_period) << i;
  EXPECT_EQ(until_asked_again(), timing.quiet_find_period);
  wanted = false;
  (void)next();
  wanted = true;
  EXPECT_EQ(until_asked_again(), timing.find_period);
  for (unsigned i = 1; i <= hal::kSearchesUntilQuiet; ++i) (void)until_asked_again();
  EXPECT_EQ(until_asked_again(), timing.quiet_find_period);
  find_and_select();
  answer(SdtCommand::read_text, 0x80);  // it was lifted too soon
  EXPECT_EQ(until_asked_again(), timing.find_period);
}

TEST_F(ADialogue, is_patient_with_a_module_that_was_just_powered) {
  open();
  for (int i = 0; i < 4; ++i) silence(SdtCommand::status);
  introduce();
  EXPECT_EQ(events, (Events{"starting", kReady}));
}

TEST_F(ADialogue, asks_for_the_identity_three_times_when_it_is_rubbish_and_then_does_without) {
  open();
  answer(SdtCommand::status, 0x90);
  for (int i = 0; i < 3; ++i) answer(SdtCommand::module_id, 0x90, std::array<std::uint8_t, 16>{});
  EXPECT_EQ(events, (Events{"starting", "ready "}));
}

TEST_F(ADialogue, searches_four_times_a_second_while_a_card_is_wanted) {
  become_ready();
  answer(SdtCommand::find_card, 0x80);
  rested = 0ms;
  for (int i = 0; i < 4; ++i) answer(SdtCommand::find_card, 0x80);
  EXPECT_EQ(rested, 1000ms);
}

TEST_F(ADialogue, searches_for_nothing_while_no_card_is_wanted) {
  become_ready();
  wanted = false;
  rested = 0ms;
  for (int i = 0; i < 3; ++i) answer(SdtCommand::status, 0x90);
  EXPECT_EQ(rested, 3 * timing.idle_check_period);
  wanted = true;
  EXPECT_TRUE(std::holds_alternative<hal::SdtAsk>(next()));  // at once
}

TEST_F(ADialogue, reads_a_card_and_watches_it_until_it_is_lifted) {
  become_ready();
  read_card();
  answer(SdtCommand::read_new_address, 0x91);
  wanted = false;  // a card once read is watched all the same
  answer(SdtCommand::read_new_address, 0x90, std::array<std::uint8_t, 70>{});
  answer(SdtCommand::read_new_address, 0x41);
  EXPECT_EQ(events, (Events{"laid", "read 测试甲"}));
  answer(SdtCommand::read_new_address, 0x41);
  EXPECT_EQ(events, (Events{"laid", "read 测试甲", "lifted"}));
}

TEST_F(ADialogue, takes_one_miss_for_an_accident) {
  become_ready();
  read_card();
  for (int i = 0; i < 4; ++i) {
    answer(SdtCommand::read_new_address, 0x41);
    answer(SdtCommand::read_new_address, 0x91);
  }
  EXPECT_EQ(events, (Events{"laid", "read 测试甲"}));
}

TEST_F(ADialogue, says_why_a_card_is_rejected_and_waits_until_it_is_lifted) {
  const std::vector<std::pair<std::uint8_t, std::string>> reasons{
      {0x31, "CARD-005"}, {0x32, "CARD-005"}, {0x33, "CARD-006"}, {0x3F, "CARD-006"}, {0x40, "CARD-007"}};
  become_ready();
  for (const auto& [sw3, code] : reasons) {
    for (const SdtCommand refused : {SdtCommand::select_card, SdtCommand::read_text}) {
      events.clear();
      if (refused == SdtCommand::read_text)
        find_and_select();
      else
        answer(SdtCommand::find_card, 0x9F, std::array<std::uint8_t, 4>{});
      answer(refused, sw3);
      for (int i = 0; i < 3; ++i) answer(SdtCommand::find_card, 0x9F, std::array<std::uint8_t, 4>{});
      EXPECT_EQ(events, (Events{"laid", "rejected " + code}));
      answer(SdtCommand::find_card, 0x80);
      answer(SdtCommand::find_card, 0x80);
      EXPECT_EQ(events.back(), "lifted");
    }
  }
}

TEST_F(ADialogue, watches_a_card_of_an_unknown_kind_by_the_presence_question) {
  become_ready();
  auto text = sdt_bytes::text_of("R1");
  text.at(248) = 'Z';
  find_and_select();
  answer(SdtCommand::read_text, 0x90, hal::encode_read_data(SdtCommand::read_text, text, {}, {}));
  EXPECT_EQ(events, (Events{"laid", "rejected CARD-007"}));
  answer(SdtCommand::read_new_address, 0x91);
  answer(SdtCommand::read_new_address, 0x41);
  answer(SdtCommand::read_new_address, 0x41);
  EXPECT_EQ(events.back(), "lifted");
}

TEST_F(ADialogue, tries_again_when_the_card_moved_and_says_so_when_it_never_lies_still) {
  become_ready();
  for (int i = 0; i < 5; ++i) {
    find_and_select();
    answer(SdtCommand::read_text, 0x41);
  }
  EXPECT_EQ(events, (Events{"laid", "rejected CARD-004"}));
}

TEST_F(ADialogue, notices_a_card_lifted_before_it_was_read) {
  become_ready();
  find_and_select();
  answer(SdtCommand::read_text, 0x41);
  wanted = false;
  answer(SdtCommand::find_card, 0x80);
  answer(SdtCommand::find_card, 0x80);
  EXPECT_EQ(events, (Events{"laid", "lifted"}));
}

TEST_F(ADialogue, gives_a_module_up_at_once_that_says_it_is_out_of_order) {
  for (const std::uint8_t sw3 : {std::uint8_t{0x60}, std::uint8_t{0x66}}) {
    events.clear();
    open();
    answer(SdtCommand::status, sw3);
    if (sw3 == 0x60) { EXPECT_EQ(events, (Events{"starting", "faulted CARD-002"})); }
    expect_close();
    rested = 0ms;
  }
  open();
  EXPECT_EQ(rested, timing.breaker);
  introduce();
  EXPECT_EQ(events, (Events{kReady}));
}

TEST_F(ADialogue, asks_again_when_the_module_received_damage) {
  become_ready();
  answer(SdtCommand::find_card, 0x10);
  answer(SdtCommand::find_card, 0x80);
  EXPECT_TRUE(drained);
  EXPECT_EQ(events, Events{});
}

TEST_F(ADialogue, reports_card_and_reader_gone_when_it_is_unplugged) {
  become_ready();
  read_card();
  expect_question(SdtCommand::read_new_address);
  dialogue.failed(LinkFault::gone, clock.now());
  EXPECT_EQ(events, (Events{"laid", "read 测试甲", "lifted", "absent"}));
  expect_close();
}

TEST_F(ADialogue, never_reads_a_card_again_that_was_left_lying_while_the_reader_was_unplugged) {
  become_ready();
  read_card();
  expect_question(SdtCommand::read_new_address);
  dialogue.failed(LinkFault::gone, clock.now());
  expect_close();
  become_ready();
  for (int i = 0; i < 5; ++i) answer(SdtCommand::find_card, 0x9F, std::array<std::uint8_t, 4>{});
  EXPECT_EQ(events, (Events{"laid", "rejected CARD-004"}));
  answer(SdtCommand::find_card, 0x80);
  answer(SdtCommand::find_card, 0x80);
  read_card();
  EXPECT_EQ(events, (Events{"laid", "rejected CARD-004", "lifted", "laid", "read 测试甲"}));
}

TEST_F(ADialogue, keeps_a_read_card_laid_through_a_reset_of_the_module) {
  become_ready();
  read_card();
  silence(SdtCommand::read_new_address);
  silence(SdtCommand::read_new_address);
  answer(SdtCommand::reset, 0x90);
  introduce();
  for (int i = 0; i < 3; ++i) answer(SdtCommand::find_card, 0x9F, std::array<std::uint8_t, 4>{});
  EXPECT_EQ(events, (Events{"laid", "read 测试甲", "starting", kReady}));
  answer(SdtCommand::find_card, 0x80);
  answer(SdtCommand::find_card, 0x80);
  EXPECT_EQ(events.back(), "lifted");
}

TEST_F(ADialogue, reads_a_card_after_a_reset_that_it_could_not_read_before) {
  become_ready();
  find_and_select();
  silence(SdtCommand::read_text);
  silence(SdtCommand::read_text);
  answer(SdtCommand::reset, 0x90);
  introduce();
  read_card();
  EXPECT_EQ(events, (Events{"laid", "starting", kReady, "read 测试甲"}));
}

}  // namespace
