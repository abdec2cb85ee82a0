// The real driver, the real client library, a real pcscd with vpcd, and the simulated card at the far end of its wire.
#include <gtest/gtest.h>
#include <winscard.h>

#include <thread>

#include "hal/pcsc/pcsc_card_reader.h"
#include "hal/pcsc/pcsclite_system.h"
#include "hal/simulated/vpcd_link.h"
#include "tests/hal/card_event_recorder.h"
#include "tests/hal/pcscd/private_daemon.h"

namespace {

using namespace std::chrono_literals;

constexpr auto kReaderReady = "ready Virtual PCD 00 00, Virtual PCD 00 01";

// One driver at a time: those that look for readers share what the client library (1.9.9) knows of them, without a lock.
class ARealDaemon : public testing::Test {
 protected:
  void SetUp() override {
    if (!pcscd_test::PrivateDaemon::installed()) GTEST_SKIP() << "needs the packages pcscd and vsmartcard-vpcd";
  }
  // The client library looks where the first test told it to; so there is one daemon for all of them.
  static pcscd_test::PrivateDaemon& daemon() {
    static pcscd_test::PrivateDaemon one;
    one.point_clients_here();
    return one;
  }
  void start_ready(const std::string& reader_prefix = {}, const std::string& ready = kReaderReady) {
    daemon().kill();
    daemon().start();
    link = std::make_unique<hal::VpcdLink>(card, daemon().vpcd_port());
    hal::PcscTiming timing;
    timing.breaker = 100ms;
    reader = hal::make_pcsc_card_reader(
        hal::make_pcsclite_system(reader_prefix), clock, [] { return 2026y / 11 / 24; }, heard.sink(), timing);
    ASSERT_TRUE(heard.await(ready));
    reader->want_card(true);
  }
  void insert() { card->insert(hal::social_security_image(hal::social_security_holder())); }
  // The daemon has it, the driver leaves it alone.
  void insert_unwanted() {
    start_ready();
    reader->want_card(false);
    insert();
    while (!card->powered()) std::this_thread::yield();
  }
  void insert_other() { card->insert(hal::social_security_image(hal::other_social_security_holder())); }

  base::SystemClock clock;
  std::shared_ptr<hal::SmartCardModel> card = std::make_shared<hal::SmartCardModel>();
  card_test::CardEventRecorder heard;
  std::unique_ptr<hal::VpcdLink> link;
  std::unique_ptr<hal::CardReader> reader;
};

TEST_F(ARealDaemon, is_read_through_lost_and_read_through_again) {
  start_ready();
  insert();
  EXPECT_EQ(heard.next(), "laid");
  EXPECT_EQ(heard.next(), "read 测试己");
  card->pull();
  EXPECT_EQ(heard.next(), "lifted");
  daemon().kill();
  EXPECT_TRUE(heard.await("faulted CARD-011"));
  daemon().start();
  EXPECT_TRUE(heard.await(kReaderReady));
  insert_other();
  EXPECT_EQ(heard.next(), "laid");
  EXPECT_EQ(heard.next(), "read 样本·庚辛");
}

TEST_F(ARealDaemon, carries_answers_in_pieces_and_unknown_cards) {
  start_ready();
  for (const auto& [image, name] :
       {std::pair{hal::estonian_image(), ""}, {hal::nhi_image(), "測試子"}, {hal::belgian_image(), ""}}) {
    card->set_piece_size(name == std::string("測試子") ? 5 : 16);
    card->insert(image);
    EXPECT_EQ(heard.next(), "laid");
    EXPECT_EQ(heard.next(), std::string("read ") + name);
    card->pull();
    EXPECT_EQ(heard.next(), "lifted");
  }
  card->insert(hal::unknown_image());
  EXPECT_EQ(heard.next(), "laid");
  EXPECT_EQ(heard.next(), "rejected CARD-007");
}

TEST_F(ARealDaemon, is_asked_nothing_of_a_card_while_none_is_wanted) {
  insert_unwanted();
  reader->check(hal::HealthCheck::active);  // by its answer the driver has seen the card, too
  EXPECT_EQ(heard.next(), "passed");
  EXPECT_TRUE(card->take_commands().empty());
  reader->want_card(true);
  EXPECT_EQ(heard.next(), "laid");
  EXPECT_EQ(heard.next(), "read 测试己");
}

// A cancel that the daemon gets in the wrong moment must not leave an answer behind that the next call takes for its own.
TEST_F(ARealDaemon, bears_being_woken_at_any_moment) {
  start_ready();
  for (int i = 0; i < 2000; ++i) reader->want_card(i % 2 == 1);
  insert();
  EXPECT_EQ(heard.next(), "laid");
  EXPECT_EQ(heard.next(), "read 测试己");
  EXPECT_EQ(reader->statistics().value(hal::Counter::recoveries), 0U);
}

// Another program, which talks with the card and does not come to an end.
class AnotherProgram {
 public:
  AnotherProgram() {
    EXPECT_EQ(SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context_), SCARD_S_SUCCESS);
    DWORD protocol = 0;
    EXPECT_EQ(
        SCardConnect(context_, "Virtual PCD 00 00", SCARD_SHARE_SHARED, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &card_, &protocol),
        SCARD_S_SUCCESS);
    EXPECT_EQ(SCardBeginTransaction(card_), SCARD_S_SUCCESS);
  }
  ~AnotherProgram() { SCardReleaseContext(context_); }
  AnotherProgram(const AnotherProgram&) = delete;
  AnotherProgram& operator=(const AnotherProgram&) = delete;

  void let_go() { EXPECT_EQ(SCardEndTransaction(card_, SCARD_LEAVE_CARD), SCARD_S_SUCCESS); }

 private:
  SCARDCONTEXT context_ = 0;
  SCARDHANDLE card_ = 0;
};

TEST_F(ARealDaemon, whose_card_another_program_holds_waits_for_it_and_not_for_ever) {
  insert_unwanted();
  AnotherProgram other;
  reader->want_card(true);
  EXPECT_EQ(heard.next(), "laid");
  EXPECT_EQ(heard.next(), "rejected CARD-009");
  other.let_go();
  card->pull();
  EXPECT_EQ(heard.next(), "lifted");
  insert_other();
  EXPECT_EQ(heard.next(), "laid");
  EXPECT_EQ(heard.next(), "read 样本·庚辛");
}

TEST_F(ARealDaemon, whose_card_another_program_holds_is_left_at_once_when_the_terminal_ends) {
  insert_unwanted();
  AnotherProgram other;
  reader->want_card(true);
  EXPECT_EQ(heard.next(), "laid");
  reader.reset();  // hangs here, or does not
  other.let_go();
}

TEST_F(ARealDaemon, has_readers_that_are_none_of_our_business) {
  start_ready("Virtual PCD 00 01", "ready Virtual PCD 00 01");
  insert();  // into the other one
  while (!card->powered()) std::this_thread::yield();
  reader->check(hal::HealthCheck::active);
  EXPECT_EQ(heard.next(), "passed");
  EXPECT_TRUE(card->take_commands().empty());
}

}  // namespace
