// The real driver on the simulated card: every command goes over vpcd's wire.
#include "hal/pcsc/pcsc_card_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "hal/pcsc/social_security_card.h"
#include "hal/simulated/simulated_card_service.h"
#include "tests/hal/card_event_recorder.h"

namespace {

using namespace std::chrono_literals;
using Bytes = std::vector<std::uint8_t>;

constexpr auto kReaderReady = "ready Linli Simulated Reader 00 00";

hal::PcscTiming quick_pcsc() {
  hal::PcscTiming timing;
  timing.safety_net = 10s;  // nothing may depend on it
  timing.retry = timing.reopen_pause = 1ms;
  timing.breaker = 50ms;
  timing.busy_limit = 20s;
  return timing;
}

class AChipCardReader : public testing::Test {
 protected:
  void start(const hal::PcscTiming& timing = quick_pcsc()) {
    reader = hal::make_pcsc_card_reader(
        service->system(), clock, [] { return 2026y / 11 / 24; }, heard.sink(), timing);
  }
  void start_ready(const hal::PcscTiming& timing = quick_pcsc()) {
    start(timing);
    ASSERT_TRUE(heard.await(kReaderReady));
    reader->want_card(true);
  }
  void insert() { card->insert(hal::social_security_image(hal::social_security_holder())); }
  void insert_other() { card->insert(hal::social_security_image(hal::other_social_security_holder())); }
  void expect_read(const std::string& name = "测试己") {
    EXPECT_EQ(heard.next(), "laid");
    EXPECT_EQ(heard.next(), "read " + name);
  }
  void expect_rejected(const std::string& code) {
    EXPECT_EQ(heard.next(), "laid");
    EXPECT_EQ(heard.next(), "rejected " + code);
  }
  // A reader that failed at several cards in a row is doubted, and says so between two words about the card.
  std::string next_about_the_card() {
    const std::string word = heard.next();
    return word == kReaderReady ? heard.next() : word;
  }
  void expect_lifted_when_pulled() {
    card->pull();
    EXPECT_EQ(heard.next(), "lifted");
  }

  base::SystemClock clock;
  std::shared_ptr<hal::SmartCardModel> card = std::make_shared<hal::SmartCardModel>();
  std::shared_ptr<hal::SimulatedCardService> service = hal::make_simulated_card_service(card, {1ms, 20s});
  card_test::CardEventRecorder heard;
  std::unique_ptr<hal::CardReader> reader;
};

TEST_F(AChipCardReader, reads_a_social_security_card_by_the_published_conversation) {
  start_ready();
  insert();
  expect_read();
  Bytes select{0x00, 0xA4, 0x04, 0x00, 0x0F, 0x73, 0x78, 0x31, 0x2E, 0x73,
               0x68, 0x2E, 0xC9, 0xE7, 0xBB, 0xE1, 0xB1, 0xA3, 0xD5, 0xCF};
  const std::vector<Bytes> conversation{select,
                                        {0x00, 0xA4, 0x02, 0x00, 0x02, 0xEF, 0x06},
                                        {0x00, 0xB2, 0x08, 0x00, 0x14},
                                        {0x00, 0xB2, 0x09, 0x00, 0x20},
                                        {0x00, 0xB2, 0x0A, 0x00, 0x03},
                                        {0x00, 0xB2, 0x0B, 0x00, 0x03},
                                        {0x00, 0xB2, 0x0D, 0x00, 0x06},
                                        {0x00, 0xB2, 0x07, 0x2C, 0x0B}};
  EXPECT_EQ(card->take_commands(), conversation);
  expect_lifted_when_pulled();
  EXPECT_EQ(reader->statistics().value(hal::Counter::reads), 1U);
}

TEST_F(AChipCardReader, reads_generic_eids) {
  start_ready();
  for (const auto& image : {hal::estonian_image(), hal::belgian_image()}) {
    card->insert(image);
    expect_read("");  // no Chinese one
    expect_lifted_when_pulled();
  }
}

TEST_F(AChipCardReader, never_asks_for_a_pin) {
  start_ready();
  for (const auto& image : {hal::social_security_image(hal::social_security_holder()), hal::estonian_image(), hal::nhi_image(),
                            hal::belgian_image(), hal::unknown_image()}) {
    card->insert(image);
    ASSERT_TRUE(heard.await("laid"));
    heard.next();
    card->pull();
    ASSERT_TRUE(heard.await("lifted"));
  }
  const auto commands = card->take_commands();
  EXPECT_GT(commands.size(), 10U);
  for (const Bytes& command : commands) {
    const bool harmless =
        command[1] == 0xA4 || command[1] == 0xB0 || command[1] == 0xB2 || command[1] == 0xC0 || command[1] == 0xCA;
    EXPECT_TRUE(harmless) << int{command[1]};
  }
}

TEST_F(AChipCardReader, rejects_a_card_it_does_not_know) {
  start_ready();
  card->insert(hal::unknown_image());
  expect_rejected("CARD-007");
  expect_lifted_when_pulled();
}

TEST_F(AChipCardReader, fetches_answers_that_the_card_holds_back) {
  start_ready();
  for (const std::size_t size : {1U, 2U, 7U, 31U}) {
    card->set_piece_size(size);
    insert();
    ASSERT_EQ(heard.next(), "laid") << size;
    // Thirty-two pieces are more than a card can need.
    ASSERT_EQ(heard.next(), size == 1 ? "rejected CARD-003" : "read 测试己") << size;
    expect_lifted_when_pulled();
  }
}

TEST_F(AChipCardReader, asks_again_with_the_length_that_the_card_wants) {
  start_ready();
  card->insert(hal::social_security_image(hal::social_security_holder(), true));
  expect_read();
  const auto commands = card->take_commands();
  EXPECT_NE(std::ranges::find(commands, Bytes{0x00, 0xB2, 0x09, 0x00, 0x08}), commands.end()) << "2 + 6 bytes of GBK";
}

TEST_F(AChipCardReader, rejects_a_chip_that_stays_silent_until_it_is_turned_round) {
  start_ready();
  card->set_mute(true);
  insert();
  expect_rejected("CARD-010");
  expect_lifted_when_pulled();
  card->set_mute(false);
  insert();
  expect_read();
}

TEST_F(AChipCardReader, gives_no_person_for_any_status_word_of_a_card_gone_mad) {
  start_ready();
  for (const unsigned status : {0x6100U, 0x6101U, 0x6C00U, 0x6C01U, 0x6200U, 0x6300U, 0x6581U, 0x6700U, 0x6982U, 0x6985U, 0x6A82U,
                                0x6A83U, 0x6D00U, 0x6E00U, 0x6F00U, 0x9001U, 0x9FFFU, 0x9000U}) {
    card->answer_everything(Bytes{static_cast<std::uint8_t>(status >> 8U), static_cast<std::uint8_t>(status & 0xFFU)});
    insert();
    ASSERT_EQ(next_about_the_card(), "laid") << status;
    const std::string word = heard.next();
    EXPECT_TRUE(word.starts_with("rejected") || word.starts_with("ready")) << status << word;
    if (word.starts_with("ready")) { EXPECT_TRUE(heard.next().starts_with("rejected")) << status; }
    card->pull();
    ASSERT_TRUE(heard.await("lifted")) << status;
  }
  card->answer_everything(std::nullopt);
  insert();
  EXPECT_TRUE(heard.await("read 测试己"));
}

TEST_F(AChipCardReader, gives_no_person_for_answers_that_are_none) {
  start_ready();
  const Bytes endless_tag{0x1F, 0xFF, 0xFF, 0xFF, 0x90, 0x00};
  for (const Bytes& wire : {Bytes{}, Bytes{0x90}, Bytes{0x00, 0x00}, Bytes(259, 0x90), Bytes(5000, 0), endless_tag,
                            Bytes{0x08, 0x12, 0x41, 0x90, 0x00}, Bytes{0x08, 0x80, 0x00, 0x00, 0x90, 0x00}}) {
    card->answer_everything(wire);
    insert();
    ASSERT_EQ(heard.next(), "laid");
    const std::string word = next_about_the_card();
    EXPECT_TRUE(word == "rejected CARD-003" || word == "rejected CARD-006") << word;
    expect_lifted_when_pulled();
  }
}

TEST_F(AChipCardReader, gives_no_person_when_the_card_is_pulled_at_any_command) {
  start_ready();
  for (std::size_t command = 0; command < 8; ++command) {
    card->pull_at_command(command);
    insert();
    ASSERT_EQ(heard.next(), "laid") << command;
    ASSERT_EQ(heard.next(), "lifted") << command;
  }
  insert();
  expect_read();
}

TEST_F(AChipCardReader, is_no_worse_for_a_slow_card) {
  card->set_answer_delay(5ms);
  start_ready();
  insert();
  expect_read();
}

TEST_F(AChipCardReader, gives_up_a_card_that_hangs_and_reads_the_next_one) {
  service = hal::make_simulated_card_service(std::make_shared<hal::SmartCardModel>());  // lets go of the card
  service = hal::make_simulated_card_service(card, {1ms, 20ms});
  start_ready();
  card->set_silent(true);
  insert();
  expect_rejected("CARD-003");
  expect_lifted_when_pulled();
  card->set_silent(false);
  insert();
  ASSERT_TRUE(heard.await("read 测试己"));
}

TEST_F(AChipCardReader, leaves_a_card_alone_while_none_is_wanted) {
  start_ready();
  reader->want_card(false);
  insert();
  reader->check(hal::HealthCheck::active);  // by its answer the driver has looked
  EXPECT_EQ(heard.next(), "passed");
  EXPECT_TRUE(card->take_commands().empty());
  reader->want_card(true);
  expect_read();
}

TEST_F(AChipCardReader, reads_a_card_that_stays_once_only) {
  insert();
  start_ready();
  ASSERT_TRUE(heard.await("read 测试己"));
  reader->want_card(false);
  reader->want_card(true);
  expect_lifted_when_pulled();
}

TEST_F(AChipCardReader, sees_a_quick_swap_as_two_cards) {
  start_ready();
  insert();
  expect_read();
  for (int i = 0; i < 20; ++i) {
    insert_other();  // with no moment of an empty slot that a slow observer could see
    ASSERT_EQ(heard.next(), "lifted") << i;
    expect_read("样本·庚辛");
    insert();
    ASSERT_EQ(heard.next(), "lifted") << i;
    expect_read();
  }
}

TEST_F(AChipCardReader, waits_for_another_program_to_let_go_of_the_card) {
  start_ready();
  service->occupy(true);
  insert();
  EXPECT_EQ(heard.next(), "laid");
  service->occupy(false);
  EXPECT_EQ(heard.next(), "read 测试己");
}

TEST_F(AChipCardReader, does_not_wait_for_ever_for_another_program) {
  auto timing = quick_pcsc();
  timing.busy_limit = 5ms;
  start_ready(timing);
  service->occupy(true);
  insert();
  expect_rejected("CARD-009");
}

TEST_F(AChipCardReader, says_when_the_service_stops_and_reads_again_when_it_is_back) {
  start_ready();
  service->stop();
  EXPECT_TRUE(heard.await("faulted CARD-011"));
  service->start();
  EXPECT_EQ(heard.next(), kReaderReady);
  insert();
  expect_read();
}

TEST_F(AChipCardReader, is_told_apart_from_a_missing_reader_when_the_service_refuses) {
  service->refuse(true);
  start();
  EXPECT_EQ(heard.next(), "starting");
  EXPECT_EQ(heard.next(), "faulted CARD-011");
  service->refuse(false);
  EXPECT_EQ(heard.next(), kReaderReady);
}

TEST_F(AChipCardReader, says_when_this_user_may_not_use_cards) {
  start_ready();
  service->refuse_cards(true);
  insert();
  EXPECT_EQ(heard.next(), "laid");
  EXPECT_EQ(heard.next(), "faulted CARD-011");
  EXPECT_EQ(heard.next(), "rejected CARD-011");
  service->refuse_cards(false);
  expect_lifted_when_pulled();
  insert();
  EXPECT_EQ(heard.next(), "laid");
  EXPECT_EQ(heard.next(), kReaderReady);
  EXPECT_EQ(heard.next(), "read 测试己");
}

TEST_F(AChipCardReader, does_not_read_a_card_again_that_lay_there_while_the_service_was_gone) {
  start_ready();
  insert();
  expect_read();
  service->stop();
  EXPECT_EQ(heard.next(), "lifted");
  service->start();
  ASSERT_TRUE(heard.await("laid"));
  EXPECT_EQ(heard.next(), "rejected CARD-004");
  expect_lifted_when_pulled();
  insert();
  expect_read();
}

TEST_F(AChipCardReader, does_not_read_a_card_again_that_lay_there_while_its_reader_was_gone) {
  start_ready();
  insert();
  expect_read();
  service->plug_reader(false);
  EXPECT_EQ(heard.next(), "lifted");
  EXPECT_EQ(heard.next(), "absent");
  service->plug_reader(true);
  EXPECT_EQ(heard.next(), kReaderReady);
  expect_rejected("CARD-004");
}

TEST_F(AChipCardReader, is_absent_until_its_reader_is_plugged_in) {
  service->plug_reader(false);
  start();
  EXPECT_EQ(heard.next(), "starting");
  EXPECT_EQ(heard.next(), "absent");
  service->plug_reader(true);
  EXPECT_EQ(heard.next(), kReaderReady);
}

TEST_F(AChipCardReader, starts_over_when_the_card_was_reset) {
  start_ready();
  card->set_answer_delay(20ms);
  insert();
  EXPECT_EQ(heard.next(), "laid");
  service->reset_card();
  EXPECT_EQ(heard.next(), "read 测试己");
}

TEST_F(AChipCardReader, answers_checks_of_every_level) {
  start_ready();
  reader->check(hal::HealthCheck::passive);
  EXPECT_EQ(heard.next(), "passed");
  reader->check(hal::HealthCheck::active);
  EXPECT_EQ(heard.next(), "passed");
  insert();
  expect_read();
  expect_lifted_when_pulled();
  reader->check(hal::HealthCheck::interactive);
  card->insert(hal::unknown_image());
  expect_rejected("CARD-007");
  EXPECT_EQ(heard.next(), "failed");
  service->stop();
  ASSERT_TRUE(heard.await("faulted CARD-011"));
  reader->check(hal::HealthCheck::active);
  EXPECT_EQ(heard.next(), "failed");
}

TEST_F(AChipCardReader, sees_two_hundred_cards_come_and_go_without_growing) {
  start_ready();
  const auto threads = card_test::entries("/proc/self/task");
  const auto handles = card_test::entries("/proc/self/fd");
  for (int i = 0; i < 200; ++i) {
    insert();
    ASSERT_EQ(heard.next(), "laid") << i;
    ASSERT_EQ(heard.next(), "read 测试己") << i;
    card->pull();
    ASSERT_EQ(heard.next(), "lifted") << i;
  }
  EXPECT_EQ(card_test::entries("/proc/self/task"), threads);
  EXPECT_EQ(card_test::entries("/proc/self/fd"), handles);
}

TEST_F(AChipCardReader, says_nothing_more_when_it_has_ended) {
  start_ready();
  reader.reset();
  while (heard.try_next()) {}
  insert();
  service->stop();
  EXPECT_FALSE(heard.try_next());
}

}  // namespace
