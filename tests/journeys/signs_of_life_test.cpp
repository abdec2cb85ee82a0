// What the service manager is told (kiosk/app/signs_of_life.h).
#include "kiosk/app/signs_of_life.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <optional>

#include "tests/support/fake_clock.h"
#include "tests/support/notify_socket.h"
#include "tests/support/temporary_folder.h"

namespace {

using namespace std::chrono_literals;
using kiosk::SignsOfLife;

constexpr auto kAtOnce = 1s;

class AServiceManager : public testing::Test {
 protected:
  void SetUp() override {
    setenv("NOTIFY_SOCKET", socket.path().c_str(), 1);
    setenv("WATCHDOG_USEC", "10000000", 1);
  }
  void TearDown() override {
    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
  }

  // A courier that does not answer by itself.
  SignsOfLife make() {
    return SignsOfLife(clock, [this](auto answered) { question = std::move(answered); });
  }
  void courier_answers() {
    ASSERT_TRUE(question);
    std::exchange(question, {})();
  }
  bool gives_a_sign(SignsOfLife& signs) {
    socket.forget();
    signs.turned();
    return socket.next(0ms) == "WATCHDOG=1";
  }

  test_support::TemporaryFolder folder;
  test_support::NotifySocket socket{folder / "notify"};
  test_support::FakeClock clock;
  SignsOfLife::Answered question;
};

TEST_F(AServiceManager, is_told_once_that_the_first_page_stands) {
  auto signs = make();
  EXPECT_FALSE(socket.next(0ms)) << "nothing is on the display yet";
  signs.turned();
  EXPECT_EQ(socket.next(kAtOnce), "READY=1");
  clock.advance(5s);
  signs.turned();
  EXPECT_FALSE(socket.hears("READY=1", 0ms));
}

TEST_F(AServiceManager, is_given_signs_at_most_half_its_patience_apart) {
  auto signs = make();
  signs.turned();
  courier_answers();
  const auto due = signs.deadline();
  ASSERT_TRUE(due);
  EXPECT_LE(*due - clock.now(), 5s);
  EXPECT_GE(*due - clock.now(), 1s) << "nobody is woken oftener than he must be";
  EXPECT_FALSE(gives_a_sign(signs)) << "a turn before that says nothing";
  clock.advance(*due - clock.now());
  EXPECT_TRUE(gives_a_sign(signs));
}

TEST_F(AServiceManager, hears_nothing_of_a_kiosk_whose_courier_is_silent) {
  auto signs = make();
  signs.turned();
  courier_answers();
  clock.advance(3s);
  EXPECT_TRUE(gives_a_sign(signs));
  for (int turn = 0; turn < 4; ++turn) {
    clock.advance(3s);
    EXPECT_FALSE(gives_a_sign(signs)) << "the courier has not answered since";
  }
  courier_answers();
  clock.advance(3s);
  EXPECT_TRUE(gives_a_sign(signs)) << "it was only slow";
}

TEST_F(AServiceManager, waits_for_a_courier_that_is_still_opening_its_queue) {
  auto signs = make();
  for (int turn = 0; turn < 100; ++turn) {
    clock.advance(3s);
    signs.turned();
    EXPECT_TRUE(socket.hears("WATCHDOG=1", 0ms)) << turn;
  }
}

TEST_F(AServiceManager, is_told_that_the_kiosk_ends) {
  std::optional<SignsOfLife> signs(std::in_place, clock, [](auto) {});
  signs.reset();
  EXPECT_EQ(socket.next(kAtOnce), "STOPPING=1");
}

TEST_F(AServiceManager, does_not_mind_an_answer_that_comes_after_the_end) {
  { make().turned(); }
  courier_answers();
}

TEST_F(AServiceManager, that_is_not_there_wakes_nobody) {
  unsetenv("NOTIFY_SOCKET");
  unsetenv("WATCHDOG_USEC");
  auto signs = make();
  signs.turned();
  EXPECT_FALSE(signs.deadline());
  EXPECT_FALSE(question);
  EXPECT_FALSE(socket.next(0ms));
}

}  // namespace
