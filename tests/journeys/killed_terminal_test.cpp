// The crash points of the facts that are the kiosk's own (reliability §1.4): C7, the code is shown and nothing printed yet; C8,
// in the middle of printing. C1 is with what must not remain (remains_test.cpp). No mark is kept of what was printed, so a power
// cut finds what a kill does: the application, whose own points are offline_cache's.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <cstdio>
#include <thread>

#include "tests/journeys/terminal.h"

namespace {

using namespace std::chrono_literals;
using journeys::Terminal;

constexpr int kRowsPerSecond = 400;   // the slowest of real printers
constexpr long kRowsOfAReceipt = 60;  // the head of one is on the paper, its code is not

hal::EscposMachineType slow_printer() {
  hal::EscposMachineType type;
  type.rows_per_second = kRowsPerSecond;
  return type;
}

class ATerminalKilled : public testing::Test {
 protected:
  void SetUp() override { terminal.start(); }

  void submit_as(const std::string& persona) {
    terminal.lay(persona);
    terminal.expect("services");
    terminal.press("Money and allowances", "Senior allowance");
    terminal.press("Senior allowance", "Yes, that is right");
    terminal.answer("Yes, that is right", "At home");
    terminal.answer("At home", "No");
    terminal.answer("No", "Social security card");
    terminal.answer("Social security card", "Skip");
    terminal.press("Skip", "Yes, you may");
    terminal.answer("Yes, you may", "Yes, all of it");
    terminal.answer("Yes, all of it", "Right, send it");
    ASSERT_TRUE(terminal.platform().switch_on(false));
    before_it_is_sent();
    terminal.press_until("Right, send it", "receipt");
  }
  virtual void before_it_is_sent() {}
  // Somebody else comes; whatever was to be printed by itself would be printed before.
  void take_a_number() {
    const auto papers = terminal.printer().tickets().size();
    terminal.press("browse", "windows");
    terminal.press("windows", "service/window-general");
    ASSERT_NO_FATAL_FAILURE(terminal.press_until("service/window-general", "ticket"));
    const auto patience = std::chrono::steady_clock::now() + 60s;
    while (terminal.printer().tickets().size() == papers && std::chrono::steady_clock::now() < patience)
      std::this_thread::yield();
    ASSERT_GT(terminal.printer().tickets().size(), papers) << "no queue number was printed";
    ASSERT_NO_FATAL_FAILURE(terminal.press_until("Done", "wiped"));
  }
  void die_and_restart() {
    terminal.die(SIGKILL);
    terminal.lift();
    terminal.start();
  }
  // What waited is at the office: only that knows whose it is after a restart.
  void reach_the_office() {
    ASSERT_TRUE(terminal.platform().switch_on(true));
    const auto sent = kiosk::ChildProcess::output_of({(kiosk::program_folder() / "linlictl").string(), "--socket",
                                                      (terminal.data() / "control.sock").string(), "queue", "--watch"});
    ASSERT_TRUE(sent) << sent.error().detail;
  }
  // The page of earlier applications with this card shows `what`; then the card is lifted and everything cleared.
  void expect_for(const std::string& persona, const std::string& what) {
    terminal.lay(persona);
    ASSERT_NO_FATAL_FAILURE(terminal.expect("services"));
    ASSERT_NO_FATAL_FAILURE(terminal.press("status", what));
    terminal.press("back", "Leave");
    ASSERT_NO_FATAL_FAILURE(terminal.press_until("Leave", "take_card"));
    terminal.lift();
    ASSERT_NO_FATAL_FAILURE(terminal.expect("wiped"));
  }
  void expect_only_the_owner_learns_of_it() {
    EXPECT_EQ(terminal.queue()["counts"]["QUEUED"], 1);
    ASSERT_NO_FATAL_FAILURE(reach_the_office());
    ASSERT_NO_FATAL_FAILURE(expect_for("forty_five", "none"));
    expect_for("eighty_five", "application/1");
  }
  std::size_t receipts_on_paper() const {
    const auto codes = terminal.codes_on_paper();
    return static_cast<std::size_t>(
        std::ranges::count_if(codes, [](const std::string& code) { return code.starts_with("linli:"); }));
  }

  Terminal terminal{slow_printer()};
};

class ATerminalKilledBeforePrinting : public ATerminalKilled {
 protected:
  void before_it_is_sent() override { terminal.printer().begin(hal::PrinterTrouble::dead); }
};

TEST_F(ATerminalKilledBeforePrinting, prints_nothing_by_itself_and_tells_the_owner_alone) {
  ASSERT_NO_FATAL_FAILURE(submit_as("eighty_five"));
  ASSERT_EQ(terminal.printer().rows(), 0);
  ASSERT_NO_FATAL_FAILURE(die_and_restart());
  terminal.printer().end(hal::PrinterTrouble::dead);
  ASSERT_NO_FATAL_FAILURE(take_a_number());
  EXPECT_EQ(receipts_on_paper(), 0U);
  expect_only_the_owner_learns_of_it();
  std::printf("proof: C7: 1 kill, 0 papers, its owner alone learns of it\n");
}

TEST_F(ATerminalKilled, in_mid_print_never_prints_the_rest_to_an_empty_hall) {
  ASSERT_NO_FATAL_FAILURE(submit_as("eighty_five"));
  const auto patience = std::chrono::steady_clock::now() + 60s;
  while (terminal.printer().rows() < kRowsOfAReceipt && std::chrono::steady_clock::now() < patience) std::this_thread::yield();
  ASSERT_GE(terminal.printer().rows(), kRowsOfAReceipt);
  ASSERT_TRUE(terminal.printer().tickets().empty()) << "it was too quick for this test";
  ASSERT_NO_FATAL_FAILURE(die_and_restart());
  ASSERT_NO_FATAL_FAILURE(take_a_number());
  EXPECT_EQ(receipts_on_paper(), 0U);
  expect_only_the_owner_learns_of_it();
  std::printf("proof: C8: 1 kill in mid-print, 0 receipts by themselves\n");
}

}  // namespace
