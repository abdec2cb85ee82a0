// The crash points of the facts that are the kiosk's own (reliability §1.4), each by kill and by power cut: C1, all is answered
// and nothing confirmed; C7, the code is shown and nothing printed yet; C8, in the middle of printing. And a display that hangs.
// What C1 must not leave behind in memory and files is in remains_test.cpp.
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>

#include <algorithm>
#include <cstdio>
#include <thread>

#include "base/files.h"
#include "tests/journeys/terminal.h"
#include "tests/support/notify_socket.h"

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

class ATerminalInUse : public testing::Test {
 protected:
  void SetUp() override { terminal.start(); }

  void fill_in_as(const std::string& persona) {
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
  }
  void submit_as(const std::string& persona) {
    ASSERT_NO_FATAL_FAILURE(fill_in_as(persona));
    ASSERT_TRUE(terminal.platform().switch_on(false));
    before_it_is_sent();
    terminal.press_until("Right, send it", "receipt");
  }
  virtual void before_it_is_sent() {}
  void wait_for_papers(std::size_t papers) {
    const auto patience = std::chrono::steady_clock::now() + 60s;
    while (terminal.printer().tickets().size() < papers && std::chrono::steady_clock::now() < patience) std::this_thread::yield();
    ASSERT_GE(terminal.printer().tickets().size(), papers) << "it was not printed";
  }
  // Somebody else comes; whatever was to be printed by itself would be printed before.
  void take_a_number() {
    const auto papers = terminal.printer().tickets().size();
    terminal.press("browse", "windows");
    terminal.press("windows", "service/window-general");
    ASSERT_NO_FATAL_FAILURE(terminal.press_until("service/window-general", "ticket"));
    ASSERT_NO_FATAL_FAILURE(wait_for_papers(papers + 1));
    ASSERT_NO_FATAL_FAILURE(terminal.press_until("Done", "wiped"));
  }
  void die_and_restart() {
    terminal.die(SIGKILL);
    terminal.lift();
    terminal.start();
  }
  // What waited is at the office: after a power cut only that knows whose it is.
  void reach_the_office() {
    ASSERT_TRUE(terminal.platform().switch_on(true));
    const auto sent = kiosk::ChildProcess::output_of({(kiosk::program_folder() / "linlictl").string(), "--socket",
                                                      (terminal.data() / "control.sock").string(), "queue", "--watch"});
    ASSERT_TRUE(sent) << sent.error().detail;
  }
  // The page of earlier applications with this card shows `what` and not `absent`; then the card is lifted and everything
  // cleared.
  void expect_for(const std::string& persona, const std::string& what, const std::string& absent = {}) {
    terminal.lay(persona);
    ASSERT_NO_FATAL_FAILURE(terminal.expect("services"));
    ASSERT_NO_FATAL_FAILURE(terminal.press("status", what));
    EXPECT_FALSE(terminal.screen().shows(absent, 0s)) << "with another's card";
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

struct Death {
  const char* name;
  std::optional<test_support::NamesLost> names;  // nothing: the process alone dies
};
constexpr Death kDeaths[] = {{"kill", {}},
                             {"power_cut", test_support::NamesLost::unsynced},
                             {"power_cut_that_leaves_names", test_support::NamesLost::none}};

class ATerminalKilled : public ATerminalInUse, public testing::WithParamInterface<Death> {
 protected:
  void SetUp() override {
    if (GetParam().names) terminal.live_on_a_medium(*GetParam().names);
    ATerminalInUse::SetUp();
  }
};

TEST_P(ATerminalKilled, before_anything_was_confirmed_keeps_nothing) {
  ASSERT_NO_FATAL_FAILURE(fill_in_as("eighty_five"));
  ASSERT_NO_FATAL_FAILURE(die_and_restart());
  const auto queue = terminal.queue();
  for (const auto& [state, count] : queue["counts"].items()) EXPECT_EQ(count, 0) << state;
  EXPECT_EQ(terminal.printer().rows(), 0);
  std::printf("proof: C1: 1 %s, nothing kept, nothing printed\n", GetParam().name);
}

class ATerminalKilledBeforePrinting : public ATerminalKilled {
 protected:
  void before_it_is_sent() override { terminal.printer().begin(hal::PrinterTrouble::dead); }
};

TEST_P(ATerminalKilledBeforePrinting, prints_nothing_by_itself_and_tells_the_owner_alone) {
  ASSERT_NO_FATAL_FAILURE(submit_as("eighty_five"));
  ASSERT_EQ(terminal.printer().rows(), 0);
  ASSERT_NO_FATAL_FAILURE(die_and_restart());
  terminal.printer().end(hal::PrinterTrouble::dead);
  ASSERT_NO_FATAL_FAILURE(take_a_number());
  EXPECT_EQ(receipts_on_paper(), 0U);
  expect_only_the_owner_learns_of_it();
  std::printf("proof: C7: 1 %s, 0 papers, its owner alone learns of it\n", GetParam().name);
}

TEST_P(ATerminalKilled, in_mid_print_never_prints_the_rest_to_an_empty_hall) {
  ASSERT_NO_FATAL_FAILURE(submit_as("eighty_five"));
  const auto patience = std::chrono::steady_clock::now() + 60s;
  while (terminal.printer().rows() < kRowsOfAReceipt && std::chrono::steady_clock::now() < patience) std::this_thread::yield();
  ASSERT_GE(terminal.printer().rows(), kRowsOfAReceipt);
  ASSERT_TRUE(terminal.printer().tickets().empty()) << "it was too quick for this test";
  ASSERT_NO_FATAL_FAILURE(die_and_restart());
  ASSERT_NO_FATAL_FAILURE(take_a_number());
  EXPECT_EQ(receipts_on_paper(), 0U);
  expect_only_the_owner_learns_of_it();
  std::printf("proof: C8: 1 %s in mid-print, 0 receipts by themselves\n", GetParam().name);
}

std::string name_of_death(const testing::TestParamInfo<Death>& info) { return info.param.name; }
INSTANTIATE_TEST_SUITE_P(_, ATerminalKilled, testing::ValuesIn(kDeaths), name_of_death);
INSTANTIATE_TEST_SUITE_P(_, ATerminalKilledBeforePrinting, testing::ValuesIn(kDeaths), name_of_death);

// The service manager keeps what the kiosk gave it, and gives it back to the next one.
class ATerminalWhoseManagerKeeps : public ATerminalInUse {
 protected:
  void SetUp() override {
    setenv("NOTIFY_SOCKET", manager.path().c_str(), 1);
    ATerminalInUse::SetUp();
  }
  void TearDown() override { unsetenv("NOTIFY_SOCKET"); }
  void before_it_is_sent() override { terminal.printer().begin(hal::PrinterTrouble::dead); }

  // As systemd starts it: descriptor 3 is what was kept.
  std::string giving_back() {
    manager.forget();
    EXPECT_TRUE(manager.kept().valid()) << "nothing was given to be kept";
    EXPECT_TRUE(base::write_file(folder / "give-back",
                                 "exec 3</proc/" + std::to_string(getpid()) + "/fd/" + std::to_string(manager.kept().get()) +
                                     "\nexport LISTEN_PID=$$ LISTEN_FDS=1 LISTEN_FDNAMES=linli-chain-key\nexec \"$@\"\n"));
    return "/bin/sh " + (folder / "give-back").string();
  }

  test_support::TemporaryFolder folder;
  test_support::NotifySocket manager{folder / "notify"};
};

TEST_F(ATerminalWhoseManagerKeeps, tells_the_owner_alone_after_a_crash_while_the_office_is_away) {
  ASSERT_NO_FATAL_FAILURE(submit_as("eighty_five"));
  const auto under = giving_back();
  terminal.die(SIGKILL);
  terminal.lift();
  terminal.launch(under);
  ASSERT_NO_FATAL_FAILURE(terminal.expect("welcome"));
  terminal.printer().end(hal::PrinterTrouble::dead);
  ASSERT_NO_FATAL_FAILURE(expect_for("forty_five", "no-answer", "application/1"));
  ASSERT_NO_FATAL_FAILURE(expect_for("eighty_five", "application/1"));
  std::printf("proof: C7: killed, the office away: its owner alone learns of it, by a key that no disk holds\n");
}

// Hears the service all the while, as systemd does: behind ten things that nobody has read a service waits with the next.
class Attention {
 public:
  explicit Attention(test_support::NotifySocket& manager)
      : reader_([&manager](const std::stop_token& end) {
          while (!end.stop_requested()) manager.next(50ms);
        }) {}

 private:
  std::jthread reader_;
};

// As systemd would: hears READY and signs of life, and kills what is silent for longer than it was allowed to be.
class ATerminalThatHangs : public ATerminalInUse {
 protected:
  void SetUp() override {
    setenv("NOTIFY_SOCKET", manager.path().c_str(), 1);
    setenv("WATCHDOG_USEC", std::to_string(std::chrono::microseconds(kAllowedSilence).count()).c_str(), 1);
    ATerminalInUse::SetUp();
  }
  void expect_to_live() {
    EXPECT_TRUE(manager.hears("READY=1", kAllowedSilence));
    for (int sign = 0; sign < 3; ++sign) EXPECT_TRUE(manager.hears("WATCHDOG=1", kAllowedSilence));
  }

  static constexpr auto kAllowedSilence = 4s;
  test_support::TemporaryFolder folder;
  test_support::NotifySocket manager{folder / "notify"};
};

TEST_F(ATerminalThatHangs, is_silent_to_the_service_manager_and_begins_anew_with_its_queue_whole) {
  ASSERT_NO_FATAL_FAILURE(expect_to_live());
  {
    const Attention attention(manager);
    ASSERT_NO_FATAL_FAILURE(submit_as("eighty_five"));
    ASSERT_NO_FATAL_FAILURE(terminal.press_until("Done", "take_card"));
    terminal.lift();
    ASSERT_NO_FATAL_FAILURE(terminal.expect("wiped"));
    ASSERT_NO_FATAL_FAILURE(wait_for_papers(1));
  }
  terminal.display().freeze(true);
  terminal.lay("rare_name");  // there is something to draw, and drawing does not come back
  for (int signs = 0; manager.next(kAllowedSilence); ++signs) ASSERT_LT(signs, 20) << "it still gives signs of life";
  terminal.die(SIGKILL);  // WatchdogSignal of packaging/systemd
  terminal.display().freeze(false);
  terminal.lift();
  ASSERT_NO_FATAL_FAILURE(terminal.start());
  expect_to_live();
  const auto queue = terminal.queue();
  EXPECT_EQ(queue["counts"]["QUEUED"], 1);
  EXPECT_EQ(terminal.printer().tickets().size(), 1U) << "nothing is printed by itself";
  std::printf("proof: the display hung: no sign of life, killed, started anew, 1 application still waits, 0 papers\n");
}

}  // namespace
