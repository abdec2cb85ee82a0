// What is done about a card reader that does not answer: decided by the dialogue, and done by the driver to the simulated module.
#include <thread>

#include "hal/id_card/sdt_card_reader.h"
#include "hal/simulated/sam_module.h"
#include "hal/simulated/simulated_transport.h"
#include "tests/hal/sdt_dialogue_rig.h"

namespace {

using card_test::kReady;
using hal::LinkFault;
using hal::SdtCommand;
using sdt_bytes::text_of;
using sdt_test::Events;
using namespace std::chrono_literals;

class ACardReadersLadder : public sdt_test::DialogueRig {};

TEST_F(ACardReadersLadder, is_climbed_when_answers_fail_to_come) {
  become_ready();
  silence(SdtCommand::find_card);
  EXPECT_FALSE(drained);
  silence(SdtCommand::find_card);  // asked again
  EXPECT_TRUE(drained);
  EXPECT_EQ(events, (Events{"starting"}));
  rested = 0ms;
  answer(SdtCommand::reset, 0x90);
  introduce();
  EXPECT_EQ(rested, timing.warm_up);
  silence(SdtCommand::find_card);
  expect_close(true);
  open();
  introduce();
  silence(SdtCommand::find_card);
  cut_power(true);
  EXPECT_EQ(events.back(), "starting");
  expect_close(false);
  rested = 0ms;
  ASSERT_TRUE(std::holds_alternative<hal::SdtRestorePower>(next_deed()));
  EXPECT_EQ(rested, timing.power_off);
  open();
  introduce();
  silence(SdtCommand::find_card);
  EXPECT_EQ(events.back(), "faulted CARD-009");
  expect_close(true);
  rested = 0ms;
  open();
  EXPECT_EQ(rested, timing.breaker);
  EXPECT_EQ(events.back(), "faulted CARD-009");  // no flicker while it is tried again
  introduce();
  EXPECT_EQ(events.back(), kReady);
}

TEST_F(ACardReadersLadder, ends_where_the_power_cannot_be_cut) {
  become_ready();
  silence(SdtCommand::find_card);
  silence(SdtCommand::find_card);
  answer(SdtCommand::reset, 0x90);
  for (int i = 0; i < 2; ++i) {
    introduce();
    silence(SdtCommand::find_card);
    if (i == 1) cut_power(false);
    expect_close(true);
    rested = 0ms;
    open();
    EXPECT_EQ(rested, i == 0 ? timing.reopen_pause : timing.breaker);
  }
  EXPECT_EQ(events, (Events{"starting", kReady, "starting", kReady, "faulted CARD-009"}));
}

// What is plugged in meanwhile is another device, and the account may get at this one only after a moment.
TEST_F(ACardReadersLadder, waits_for_a_reader_to_come_back_whose_power_was_cut) {
  for (const bool returns : {true, false}) {
    become_ready();
    silence(SdtCommand::find_card);
    silence(SdtCommand::find_card);
    answer(SdtCommand::reset, 0x90);
    introduce();
    silence(SdtCommand::find_card);
    expect_close(true);
    open();
    introduce();
    silence(SdtCommand::find_card);
    cut_power(true);
    expect_close();
    ASSERT_TRUE(std::holds_alternative<hal::SdtRestorePower>(next_deed()));
    events.clear();
    const auto back = clock.now();
    while (clock.now() < back + timing.power_return) {
      dialogue.device_may_have_come(clock.now());
      ASSERT_TRUE(std::holds_alternative<hal::SdtOpen>(next_deed()));
      if (clock.now() < back + timing.power_return) { EXPECT_EQ(events, Events{}); }
      if (returns) break;
      dialogue.not_opened(base::Failure::device_no_permission, clock.now());
    }
    if (!returns) { EXPECT_EQ(events, (Events{"faulted DEV-001"})); }
    dialogue.opened(clock.now());
    introduce();
    EXPECT_EQ(events.back(), kReady);
    dialogue.failed(LinkFault::gone, clock.now());
    expect_close();
  }
}

TEST_F(ACardReadersLadder, calls_damage_damage_and_silence_silence) {
  become_ready();
  for (int i = 0; i < 2; ++i) {
    expect_question(SdtCommand::find_card);
    dialogue.failed(LinkFault::damaged, clock.now());
  }
  answer(SdtCommand::reset, 0x90);
  for (int i = 0; i < 2; ++i) {
    introduce();
    expect_question(SdtCommand::find_card);
    dialogue.failed(LinkFault::damaged, clock.now());
    if (i == 1) cut_power(false);
    expect_close(true);
    if (i == 0) open();
  }
  EXPECT_EQ(events.back(), "faulted CARD-003");
}

TEST_F(ACardReadersLadder, is_begun_anew_after_a_good_answer) {
  become_ready();
  for (int i = 0; i < 10; ++i) {
    silence(SdtCommand::find_card);
    answer(SdtCommand::find_card, 0x80);
  }
  EXPECT_EQ(events, Events{});
}

class AHangingCardReader : public testing::Test {
 protected:
  AHangingCardReader() {
    timing.find_period = timing.quiet_find_period = timing.presence_period = timing.status_period = timing.reopen_pause = 1ms;
    timing.absent_period = timing.breaker = 50ms;
    timing.warm_up = timing.power_off = 10ms;
    timing.short_answer = timing.card_answer = timing.read_answer = timing.address_answer = 100ms;
    timing.drain_silence = 2ms;
  }
  void start_ready() {
    reader = hal::make_sdt_card_reader(
        hal::make_simulated_transport(module), clock, [] { return 2026y / 11 / 28; }, heard.sink(), timing);
    reader->want_card(true);
    ASSERT_TRUE(heard.await(kReady));
  }

  base::SystemClock clock;
  hal::SdtTiming timing;
  std::shared_ptr<hal::SamModule> module = std::make_shared<hal::SamModule>();
  card_test::CardEventRecorder heard;
  std::unique_ptr<hal::CardReader> reader;
};

TEST_F(AHangingCardReader, has_its_power_cut_where_the_port_is_switched) {
  start_ready();
  module->lay_card(text_of("R1"));
  ASSERT_TRUE(heard.await("read 测试甲"));
  ASSERT_TRUE(module->control("switched-port on"));
  ASSERT_TRUE(module->control("hang"));
  ASSERT_EQ(heard.next(), "starting");
  ASSERT_EQ(heard.next(), kReady);
  EXPECT_EQ(reader->statistics().value(hal::Counter::recoveries), 3U);  // module, device, power
  module->lift_card();
  EXPECT_EQ(heard.next(), "lifted");
  module->lay_card(text_of("R2"));
  EXPECT_EQ(heard.next(), "laid");
  EXPECT_EQ(heard.next(), "read 样本·乙丙");
}

TEST_F(AHangingCardReader, has_its_power_back_when_the_driver_ends_while_it_is_cut) {
  timing.power_off = std::chrono::hours{1};
  start_ready();
  ASSERT_TRUE(module->control("switched-port on"));
  ASSERT_TRUE(module->control("hang"));
  while (module->plugged()) std::this_thread::yield();
  reader.reset();
  EXPECT_TRUE(module->plugged());
}

TEST_F(AHangingCardReader, pulled_out_while_its_power_is_cut_stays_out_and_its_card_is_lifted) {
  timing.power_off = timing.power_return = 300ms;
  start_ready();
  module->lay_card(text_of("R1"));
  ASSERT_TRUE(heard.await("read 测试甲"));
  ASSERT_TRUE(module->control("switched-port on"));
  ASSERT_TRUE(module->control("hang"));
  while (module->plugged()) std::this_thread::yield();
  module->unplug();
  EXPECT_TRUE(heard.await("lifted"));
  EXPECT_EQ(heard.next(), "absent");
}

}  // namespace
