// After a visit, however it ended, nothing of it is in any memory that the kiosk or a child of it may write, nor in any file
// or line they wrote. docs/decisions/nothing-remains.md.
#include <gtest/gtest.h>
#include <signal.h>

#include <cstdio>
#include <map>

#include "base/files.h"
#include "kiosk/entry.h"
#include "kiosk/form_choices.h"
#include "offline_cache/receipt_code.h"
#include "tests/journeys/remains.h"
#include "tests/journeys/terminal.h"

namespace {

using namespace std::chrono_literals;
using namespace journeys;
using Clock = std::chrono::steady_clock;

constexpr auto kUntilGivenUp = 120s;  // a resident has 45 s to answer, and what is being said counts for nothing
constexpr auto kUntilGone = 1s;       // after the page that says so
constexpr const char* kPhone = "19876543210";
constexpr const char* kLandlordNumber = "000000195511080018";
constexpr const char* kSpelling = "xiulancun";

// Every file below by its name.
std::map<std::string, std::string> contents_of(const std::filesystem::path& folder) {
  std::map<std::string, std::string> all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) all[entry.path().string()] = base::read_file(entry.path()).value_or("unreadable");
  return all;
}

class NothingOfAVisit : public testing::Test {
 protected:
  void SetUp() override {
    terminal.start();
    if (!HasFatalFailure() && !remains_in_memory(terminal.process(), sentinels))
      GTEST_SKIP() << "this machine lets nobody read the memory of a process (ptrace_scope, or not root)";
  }

  void expect_all_in_memory() {
    const auto remains = remains_in_memory(terminal.process(), sentinels);
    ASSERT_TRUE(remains);
    const auto found = found_names(*remains, sentinels);
    for (const auto& name : sentinels.names()) EXPECT_TRUE(found.contains(name)) << "the search does not even find: " << name;
  }
  void expect_nothing_in_memory() {
    const auto cleared = Clock::now();
    while (true) {
      const auto began = Clock::now();
      const auto remains = remains_in_memory(terminal.process(), sentinels);
      ASSERT_TRUE(remains);
      if (remains->empty()) break;
      if (began - cleared < kUntilGone) continue;
      FAIL() << told(*remains);
    }
  }
  void expect_nothing_in_files() {
    const auto open = remains_in_open_files(terminal.process(), sentinels);
    EXPECT_TRUE(open.empty()) << told(open);
    const auto written = remains_in_files(terminal.machine(), sentinels);
    EXPECT_TRUE(written.empty()) << told(written);
  }
  void know(const std::string& persona) { sentinels.add(Terminal::person(persona)); }
  void type_phone() {
    sentinels.add_digits("phone", kPhone, kiosk::grouped_digits(kPhone, kiosk::phone_layout(kPhone)).reveal());
    terminal.type(kPhone);
  }

  void choose_senior_allowance() {
    terminal.press("Money and allowances", "Senior allowance");
    terminal.press("Senior allowance", "Yes, that is right");
  }
  void fill_in_senior_allowance() {
    choose_senior_allowance();
    terminal.answer("Yes, that is right", "At home");
    terminal.answer("At home", "No");
    terminal.answer("No", "Social security card");
    terminal.answer("Social security card", "digit/1");
    type_phone();
    terminal.press("Next", "Yes, you may");
    terminal.answer("Yes, you may", "Yes, all of it");
    terminal.answer("Yes, all of it", "Right, send it");
  }
  void go_to_the_landlord() {
    terminal.press("Papers and addresses", "New address");
    ASSERT_NO_FATAL_FAILURE(terminal.press("New address", "staff"));
    terminal.press("staff", "First the year");
    for (int tries = 0; tries < 5 && !terminal.screen().shows("Now the month", 1s); ++tries)
      for (const char* digit : {"digit/clear", "digit/2", "digit/0", "digit/2", "digit/0"}) terminal.touch(digit);
    terminal.press("digit/number-3", "Now the day");
    ASSERT_NO_FATAL_FAILURE(terminal.press("digit/number-8", "Next"));
    terminal.press("Next", "Rented");
    terminal.answer("Rented", "way/pinyin");
  }
  // Hardship aid.
  void go_to_the_proof() {
    terminal.press("Money and allowances", "Hardship aid");
    terminal.press("Hardship aid", "Serious illness");
    terminal.answer("Serious illness", "Skip");
    ASSERT_NO_FATAL_FAILURE(terminal.press("Skip", "How much did it cost, roughly?"));
    ASSERT_NO_FATAL_FAILURE(terminal.press("digit/5", "Next"));
    terminal.press("Next", "None of these");
    terminal.answer("None of these", "Have you brought proof?");
  }
  void send_and_leave() {
    ASSERT_NO_FATAL_FAILURE(terminal.press_until("Right, send it", "receipt"));
    ASSERT_NO_FATAL_FAILURE(terminal.press_until("Done", "take_card"));
    terminal.lift();
    terminal.expect("wiped");
  }

  Terminal terminal;
  Sentinels sentinels;
};

TEST_F(NothingOfAVisit, that_was_carried_through_remains) {
  know("eighty_five");
  terminal.lay("eighty_five");
  ASSERT_NO_FATAL_FAILURE(terminal.expect("services"));
  ASSERT_NO_FATAL_FAILURE(fill_in_senior_allowance());
  ASSERT_NO_FATAL_FAILURE(expect_all_in_memory());
  ASSERT_NO_FATAL_FAILURE(send_and_leave());
  expect_nothing_in_memory();
  expect_nothing_in_files();
}

TEST_F(NothingOfAVisit, whose_resident_walked_away_remains) {
  know("rare_name");
  terminal.lay("rare_name");
  ASSERT_NO_FATAL_FAILURE(terminal.expect("services"));
  terminal.display().strike("F3");  // read aloud from here on
  ASSERT_NO_FATAL_FAILURE(go_to_the_landlord());
  ASSERT_NO_FATAL_FAILURE(terminal.press("way/pinyin", "key/x"));
  sentinels.add("letters", kSpelling);
  sentinels.add("words", terminal.spell(kSpelling));
  terminal.press("Next", "digit/X");
  sentinels.add_digits("other number", kLandlordNumber);
  ASSERT_NO_FATAL_FAILURE(terminal.type(kLandlordNumber));
  expect_all_in_memory();
  terminal.lift();
  ASSERT_TRUE(terminal.screen().reaches("wiped", kUntilGivenUp)) << terminal.screen().labels();
  expect_nothing_in_memory();
  expect_nothing_in_files();
}

// The name of a landlord, on the pad.
TEST_F(NothingOfAVisit, in_which_a_name_was_written_by_hand_remains) {
  know("eighty_five");
  terminal.lay("eighty_five");
  ASSERT_NO_FATAL_FAILURE(terminal.expect("services"));
  ASSERT_NO_FATAL_FAILURE(go_to_the_landlord());
  ASSERT_NO_FATAL_FAILURE(terminal.press("way/handwriting", "ink"));
  for (int i = 0; i < 4; ++i)
    ASSERT_NO_FATAL_FAILURE(terminal.write("王", {{20, 20, 80, 20}, {25, 47, 75, 47}, {50, 20, 50, 80}, {13, 80, 87, 80}}));
  sentinels.add("written name", "王王王王");
  ASSERT_TRUE(terminal.screen().find("Next", ScreenReader::kPatience)) << terminal.screen().labels();
  ASSERT_NO_FATAL_FAILURE(expect_all_in_memory());
  terminal.press("start-over", "confirm-start-over");
  ASSERT_NO_FATAL_FAILURE(terminal.press_until("confirm-start-over", "take_card"));
  terminal.lift();
  ASSERT_NO_FATAL_FAILURE(terminal.expect("wiped"));
  expect_nothing_in_memory();
  expect_nothing_in_files();
}

TEST_F(NothingOfAVisit, with_a_helper_and_the_card_of_both_remains) {
  know("eighty_five");
  terminal.lay("eighty_five");
  ASSERT_NO_FATAL_FAILURE(terminal.expect("services"));
  ASSERT_NO_FATAL_FAILURE(go_to_the_proof());
  terminal.press("Skip", "Is somebody here to help you?");
  terminal.answer("Yes", "Your helper's ID card, please");
  terminal.lift();
  know("forty_five");
  terminal.lay("forty_five");
  ASSERT_TRUE(terminal.screen().find("Next", ScreenReader::kPatience)) << terminal.screen().labels();
  terminal.press("Next", "Which telephone do you answer?");
  terminal.press("Skip", "Sign at the counter");
  ASSERT_NO_FATAL_FAILURE(terminal.press("Sign at the counter", "Right, send it"));
  ASSERT_NO_FATAL_FAILURE(expect_all_in_memory());
  ASSERT_NO_FATAL_FAILURE(send_and_leave());
  expect_nothing_in_memory();
  expect_nothing_in_files();
}

TEST_F(NothingOfAVisit, in_which_a_receipt_was_scanned_remains) {
  terminal.press("browse", "Home and repairs");
  terminal.press("Home and repairs", "Tell us a problem");
  terminal.press("Tell us a problem", "Yes");
  ASSERT_NO_FATAL_FAILURE(terminal.answer("Yes", "Please scan your last receipt"));
  const std::string code = offline_cache::receipt_code(0x2BADC0DE);
  sentinels.add("scanned code", code);
  terminal.show_code("linli:HP-07:" + code);
  ASSERT_TRUE(terminal.screen().find("Next", ScreenReader::kPatience)) << terminal.screen().labels();
  ASSERT_NO_FATAL_FAILURE(expect_all_in_memory());
  terminal.press("start-over", "confirm-start-over");
  ASSERT_NO_FATAL_FAILURE(terminal.press_until("confirm-start-over", "wiped"));
  expect_nothing_in_memory();
  expect_nothing_in_files();
}

TEST_F(NothingOfAVisit, that_was_called_off_remains) {
  terminal.press("browse", "Home and repairs");
  terminal.press("Home and repairs", "Tell us a problem");
  terminal.press("Tell us a problem", "No");
  ASSERT_NO_FATAL_FAILURE(terminal.answer("No", "Noise"));
  terminal.answer("Noise", "way/pinyin");
  ASSERT_NO_FATAL_FAILURE(terminal.press("way/pinyin", "key/x"));
  sentinels.add("letters", kSpelling);
  sentinels.add("words", terminal.spell(kSpelling));
  ASSERT_NO_FATAL_FAILURE(expect_all_in_memory());
  terminal.press("start-over", "confirm-start-over");
  ASSERT_NO_FATAL_FAILURE(terminal.press_until("confirm-start-over", "wiped"));
  expect_nothing_in_memory();
  expect_nothing_in_files();
}

// Grey noise of a sensor before an empty table: no two photographs are the same, so pieces of its JPEG are sentinels.
class NothingOfAPhotograph : public NothingOfAVisit {
 protected:
  void SetUp() override {
    terminal.plug_camera();
    NothingOfAVisit::SetUp();
  }
  void know_the_photograph() {
    constexpr std::string_view kBegins("\xFF\xD8\xFF\xE0\x00\x10JFIF", 10);
    constexpr std::size_t kMost = 64 << 10, kHead = 1024, kPiece = 24, kApart = 1000;  // bytes
    const auto jpeg = memory_from(terminal.process(), kBegins, kMost);
    ASSERT_FALSE(jpeg.empty()) << "the search does not even find a picture";
    sentinels.add_bytes("photograph", kBegins);
    for (std::size_t at = kHead; at < 3 * kApart && at + kPiece < jpeg.find("\xFF\xD9"); at += kApart)
      sentinels.add_bytes("photograph from " + std::to_string(at), std::string_view(jpeg).substr(at, kPiece));
    ASSERT_GT(sentinels.names().size(), 4U) << "it is too short to be a photograph";
  }
};

TEST_F(NothingOfAPhotograph, that_was_sent_remains) {
  know("eighty_five");
  terminal.lay("eighty_five");
  ASSERT_NO_FATAL_FAILURE(terminal.expect("services"));
  ASSERT_NO_FATAL_FAILURE(go_to_the_proof());
  terminal.press("Switch the camera on", "Take the photograph");
  terminal.press("Take the photograph", "Use this one");
  ASSERT_NO_FATAL_FAILURE(terminal.press("Use this one", "Next"));
  ASSERT_NO_FATAL_FAILURE(know_the_photograph());
  terminal.press("Next", "Is somebody here to help you?");
  terminal.answer("No", "Which telephone do you answer?");
  terminal.press("Skip", "Sign at the counter");
  ASSERT_NO_FATAL_FAILURE(terminal.press("Sign at the counter", "Right, send it"));
  ASSERT_NO_FATAL_FAILURE(expect_all_in_memory());
  ASSERT_NO_FATAL_FAILURE(send_and_leave());
  expect_nothing_in_memory();
  expect_nothing_in_files();
}

// C1, and a crash with a person in memory: no file of the queue changes before the resident submits.
TEST_F(NothingOfAVisit, that_a_crash_ended_before_it_was_confirmed_remains) {
  know("eighty_five");
  int deaths = 0;
  for (const int signal : {SIGABRT, SIGKILL}) {
    const auto before = contents_of(terminal.data() / "outbox");
    terminal.lay("eighty_five");
    ASSERT_NO_FATAL_FAILURE(terminal.expect("services"));
    ASSERT_NO_FATAL_FAILURE(fill_in_senior_allowance());
    EXPECT_EQ(contents_of(terminal.data() / "outbox"), before);
    terminal.die(signal);
    const auto written = remains_in_files(terminal.machine(), sentinels);
    EXPECT_TRUE(written.empty()) << told(written);
    terminal.lift();
    ASSERT_NO_FATAL_FAILURE(terminal.start());
    const auto queue = terminal.queue();
    for (const auto& [state, count] : queue["counts"].items()) EXPECT_EQ(count, 0) << state;
    ++deaths;
  }
  EXPECT_EQ(terminal.printer().rows(), 0);
  std::printf("proof: C1: %d deaths with everything typed, nothing on the disk\n", deaths);
}

}  // namespace
