// The decisions of the driver of PC/SC readers, one step at a time, on a clock that moves only when told.
#include "hal/pcsc/pcsc_dialogue.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/hal/card_event_recorder.h"
#include "tests/support/fake_clock.h"

namespace {

using namespace std::chrono_literals;
using enum hal::SmartCardError;
using Events = std::vector<std::string>;

class APcscDialogue : public testing::Test {
 protected:
  hal::PcscStep next() { return dialogue.next(clock.now(), wanted); }
  Events events() { return std::exchange(heard, {}); }

  void open() {
    ASSERT_TRUE(std::holds_alternative<hal::PcscOpen>(next()));
    dialogue.opened(std::nullopt, clock.now());
  }
  void see(std::vector<hal::CardSlot> slots) { dialogue.seen(slots, clock.now()); }
  void see_card(std::uint16_t count) { see({{"A", true, count, {}}}); }
  void see_nothing(std::uint16_t count) { see({{"A", false, count, {}}}); }
  void become_ready() {
    open();
    see_nothing(0);
    ASSERT_EQ(events(), (Events{"starting", "ready A"}));
  }
  void expect_read_of(const std::string& reader) {
    const auto step = next();
    ASSERT_TRUE(std::holds_alternative<hal::PcscRead>(step)) << step.index();
    EXPECT_EQ(std::get<hal::PcscRead>(step).reader, reader);
  }
  void read(const std::string& reader = "A") {
    expect_read_of(reader);
    hal::Person person;
    person.name = base::Secret("测试己");
    dialogue.read_ended(std::move(person), clock.now());
  }
  void fail(hal::SmartCardError error) {
    expect_read_of("A");
    dialogue.read_ended(error, clock.now());
    const auto step = next();
    if (const auto* wait = std::get_if<hal::PcscWait>(&step)) clock.advance(wait->patience);
  }
  void fail_to_open(hal::SmartCardError error) {
    auto step = next();
    if (const auto* rest = std::get_if<hal::PcscRest>(&step)) {
      rested = rest->duration;
      clock.advance(rest->duration);
      step = next();
    }
    ASSERT_TRUE(std::holds_alternative<hal::PcscOpen>(step));
    dialogue.opened(error, clock.now());
  }

  test_support::FakeClock clock;
  bool wanted = true;
  Events heard;
  std::chrono::milliseconds rested{0};
  hal::PcscTiming timing;
  hal::PcscDialogue dialogue{timing, [this](const hal::CardReaderEvent& event) { heard.push_back(card_test::in_words(event)); }};
};

TEST_F(APcscDialogue, reads_a_card_once_and_waits_until_it_is_pulled) {
  become_ready();
  see_card(1);
  read();
  EXPECT_EQ(events(), (Events{"laid", "read 测试己"}));
  EXPECT_TRUE(std::holds_alternative<hal::PcscWait>(next()));
  see_card(1);
  EXPECT_TRUE(std::holds_alternative<hal::PcscWait>(next()));
  see_nothing(2);
  EXPECT_EQ(events(), Events{"lifted"});
}

TEST_F(APcscDialogue, tells_another_card_by_a_counter_that_moved_by_two) {
  become_ready();
  see_card(0xFFFF);
  read();
  see_card(1);  // across the end of sixteen bits
  read();
  EXPECT_EQ(events(), (Events{"laid", "read 测试己", "lifted", "laid", "read 测试己"}));
}

TEST_F(APcscDialogue, takes_a_counter_that_moved_by_one_for_the_same_card) {
  become_ready();
  see_card(1);
  read();
  see_card(2);
  EXPECT_TRUE(std::holds_alternative<hal::PcscWait>(next()));
  EXPECT_EQ(events(), (Events{"laid", "read 测试己"}));
}

TEST_F(APcscDialogue, leaves_a_second_card_until_the_first_is_pulled) {
  become_ready();
  see({{"A", true, 1, {}}, {"B", true, 1, {}}});
  read("A");
  EXPECT_TRUE(std::holds_alternative<hal::PcscWait>(next()));
  see({{"A", false, 2, {}}, {"B", true, 1, {}}});
  read("B");
  EXPECT_EQ(events(), (Events{"ready A, B", "laid", "read 测试己", "lifted", "laid", "read 测试己"}));
}

TEST_F(APcscDialogue, says_nothing_of_a_card_that_nobody_wants) {
  wanted = false;
  become_ready();
  see_card(1);
  EXPECT_TRUE(std::holds_alternative<hal::PcscWait>(next()));
  see_nothing(2);
  EXPECT_EQ(events(), Events{});
}

TEST_F(APcscDialogue, tries_a_silent_chip_twice_before_it_has_to_be_turned) {
  become_ready();
  see_card(1);
  fail(turn_card);
  fail(turn_card);
  EXPECT_EQ(events(), (Events{"laid", "rejected CARD-010"}));
  EXPECT_TRUE(std::holds_alternative<hal::PcscWait>(next()));
}

TEST_F(APcscDialogue, tries_a_moving_card_five_times) {
  become_ready();
  see_card(1);
  for (const auto error : {card_gone, card_reset, rebuild_list, card_gone, card_reset}) fail(error);
  EXPECT_EQ(events(), (Events{"laid", "rejected CARD-004"}));
}

TEST_F(APcscDialogue, waits_between_two_attempts_but_not_longer_than_a_look) {
  become_ready();
  see_card(1);
  expect_read_of("A");
  dialogue.read_ended(card_reset, clock.now());
  const auto step = next();
  ASSERT_TRUE(std::holds_alternative<hal::PcscWait>(step));
  EXPECT_EQ(std::get<hal::PcscWait>(step).patience, timing.retry);
}

TEST_F(APcscDialogue, waits_for_another_program_up_to_a_limit) {
  become_ready();
  see_card(1);
  const auto start = clock.now();
  while (events() != Events{"rejected CARD-009"}) {
    fail(retry_later);
    ASSERT_LE(clock.now() - start, timing.busy_limit + timing.safety_net);
  }
  EXPECT_GE(clock.now() - start, timing.busy_limit);
}

TEST_F(APcscDialogue, doubts_a_reader_that_fails_at_three_cards_until_it_reads_one) {
  become_ready();
  for (std::uint16_t card = 0; card < 3; ++card) {
    EXPECT_TRUE(std::ranges::none_of(events(), [](const auto& word) { return word.starts_with("ready"); }));
    see_card(static_cast<std::uint16_t>(2 * card + 1));
    for (int i = 0; i < 3; ++i) fail(failed);
    see_nothing(static_cast<std::uint16_t>(2 * card + 2));
  }
  EXPECT_EQ(events(), (Events{"laid", "ready A", "rejected CARD-003", "lifted"}));
  see_card(7);
  read();
  EXPECT_EQ(events(), (Events{"laid", "ready A", "read 测试己"}));
}

TEST_F(APcscDialogue, opens_anew_at_once_when_the_service_is_gone_then_after_doubling_pauses) {
  become_ready();
  dialogue.wait_failed(rebuild_context, clock.now());
  EXPECT_EQ(events(), Events{"starting"});
  fail_to_open(rebuild_context);
  EXPECT_EQ(rested, 0ms);
  fail_to_open(rebuild_context);
  EXPECT_EQ(rested, 4 * timing.reopen_pause);
  EXPECT_EQ(events(), Events{});
  fail_to_open(rebuild_context);
  EXPECT_EQ(rested, 8 * timing.reopen_pause);
  EXPECT_EQ(events(), Events{"faulted CARD-011"});
  fail_to_open(rebuild_context);
  EXPECT_EQ(rested, timing.breaker);
  EXPECT_EQ(events(), Events{}) << "once";
}

TEST_F(APcscDialogue, gives_up_a_service_that_dies_of_every_card) {
  become_ready();
  for (std::uint16_t card = 1; card <= 4; ++card) {
    see_card(card);
    expect_read_of("A");
    dialogue.read_ended(rebuild_context, clock.now());
    if (card == 4) break;
    while (!std::holds_alternative<hal::PcscOpen>(next())) clock.advance(10ms);
    dialogue.opened(std::nullopt, clock.now());
  }
  EXPECT_EQ(events().back(), "faulted CARD-011");
  EXPECT_TRUE(std::holds_alternative<hal::PcscRest>(next()));
}

TEST_F(APcscDialogue, takes_one_refusal_for_a_service_that_died_and_four_for_what_they_are) {
  for (int i = 0; i < 3; ++i) fail_to_open(refused);
  EXPECT_EQ(events(), Events{"starting"});
  fail_to_open(refused);
  EXPECT_EQ(events(), Events{"faulted CARD-011"});
}

TEST_F(APcscDialogue, does_not_read_a_card_again_before_its_reader_was_seen_empty) {
  become_ready();
  see_card(1);
  read();
  see({});
  EXPECT_EQ(events(), (Events{"laid", "read 测试己", "lifted", "absent"}));
  see_card(0);  // counted from the start by a service that knows nothing of before
  EXPECT_TRUE(std::holds_alternative<hal::PcscWait>(next()));
  EXPECT_EQ(events(), (Events{"ready A", "laid", "rejected CARD-004"}));
  see_nothing(1);
  see_card(2);
  read();
  EXPECT_EQ(events(), (Events{"lifted", "laid", "read 测试己"}));
}

TEST_F(APcscDialogue, is_not_deceived_by_another_reader_that_is_empty) {
  become_ready();
  see({{"A", true, 1, {}}, {"B", false, 0, {}}});
  read();
  see({{"B", false, 0, {}}});
  see({{"A", true, 0, {}}, {"B", false, 0, {}}});
  events();
  EXPECT_TRUE(std::holds_alternative<hal::PcscWait>(next()));
  EXPECT_EQ(events(), (Events{"laid", "rejected CARD-004"}));
}

}  // namespace
