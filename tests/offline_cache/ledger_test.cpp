#include "offline_cache/ledger.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <set>

#include "base/log.h"
#include "base/random.h"
#include "test_places.h"
#include "tests/offline_cache/child_process.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temporary_folder.h"

namespace {

using namespace offline_cache;
using namespace std::chrono_literals;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr year_month_day kDay = std::chrono::year{2026} / 11 / 23;

// The zone of the process, as the running kiosk asks for it.
year_month_day local_date(base::WallTime at) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(at);
  std::tm local{};
  localtime_r(&seconds, &local);
  return std::chrono::year{local.tm_year + 1900} / (local.tm_mon + 1) / local.tm_mday;
}

class ALedger : public testing::Test {
 protected:
  void SetUp() override {
    base::log::quiet();
    zone("Asia/Shanghai");
    open();
  }
  void TearDown() override { unsetenv("TZ"), tzset(); }
  void zone(const char* name) {
    setenv("TZ", name, 1);
    tzset();
  }
  void open() {
    ledger.reset();
    auto opened = open_ledger(folder.path(), ticket_place("HP-03"), {local_date, [this] { return synchronised; }}, clock);
    ASSERT_TRUE(opened) << opened.error().detail;
    ledger = *std::move(opened);
  }
  std::string issue(char series = 'A') {
    const auto ticket = ledger->issue(ids.next(), series);
    return ticket ? ticket->label : ticket.error().detail;
  }
  void lease(int first, std::int64_t epoch = 1, year_month_day day = kDay) {
    ASSERT_TRUE(ledger->add_block({'A', day, epoch, first, first + kReserveBlock - 1}));
  }

  test_support::TemporaryFolder folder;
  test_support::FakeClock clock;
  base::SeededRandom random{11};
  base::UuidSource ids{clock, random};
  bool synchronised = true;
  std::unique_ptr<Ledger> ledger;
};

TEST(ATicketPlace, comes_from_the_terminals_name) {
  EXPECT_EQ(ticket_place("HP-03").hall, "HP");
  EXPECT_EQ(ticket_place("HP-03").letters, "C");
  EXPECT_EQ(ticket_place("north-hall-26").letters, "Z");
  EXPECT_EQ(ticket_place("HP-27").letters, "AA");
  EXPECT_EQ(ticket_place("HP").hall, "HP");
  EXPECT_EQ(ticket_place("HP").letters, "A");
}

TEST_F(ALedger, counts_by_itself_when_it_has_nothing_else) {
  EXPECT_EQ(issue(), "AC01");
  EXPECT_EQ(issue(), "AC02");
  EXPECT_EQ(issue('B'), "BC01");
}

TEST_F(ALedger, takes_the_reserve_first_and_gives_no_number_of_it_twice) {
  lease(700);
  EXPECT_EQ(*ledger->reserve_left('A'), 20);
  std::set<std::string> given;
  for (int i = 0; i < 20; ++i) {
    if (i == 9) lease(700);  // the same answer of the platform, once more
    if (i == 12) open();
    given.insert(issue());
  }
  EXPECT_EQ(given.size(), 20U);
  EXPECT_EQ(*given.begin(), "A700");
  EXPECT_EQ(*given.rbegin(), "A719");
  EXPECT_EQ(issue(), "AC01");
}

TEST_F(ALedger, gives_one_id_one_number_for_ever) {
  const auto id = ids.next();
  const auto first = *ledger->issue(id, 'A');
  lease(700);
  open();
  EXPECT_EQ(ledger->issue(id, 'A')->label, first.label);
  EXPECT_EQ(ledger->keep(id, 'A', kDay, "A017")->label, first.label) << "the platform's number came too late";
}

TEST_F(ALedger, refuses_a_platform_that_gives_a_number_twice) {
  ASSERT_TRUE(ledger->keep(ids.next(), 'A', kDay, "A017"));
  const auto again = ledger->keep(ids.next(), 'A', kDay, "A017");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().failure, base::Failure::ticket_taken);
}

TEST_F(ALedger, reports_what_the_platform_does_not_know_in_order) {
  ASSERT_TRUE(ledger->keep(ids.next(), 'A', kDay, "A001"));
  EXPECT_EQ(issue(), "AC01");
  EXPECT_EQ(issue(), "AC02");
  open();
  const auto first = *ledger->unreported();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->label, "AC01");
  ASSERT_TRUE(ledger->reported(first->id));
  EXPECT_EQ((*ledger->unreported())->label, "AC02");
}

TEST_F(ALedger, begins_anew_on_the_next_day_in_the_hall) {
  EXPECT_EQ(issue(), "AC01");  // 9:41
  clock.advance(14h);          // 23:41
  EXPECT_EQ(issue(), "AC02");
  lease(700);
  clock.advance(30min);
  EXPECT_EQ(issue(), "AC01") << "and yesterday's block is over";
}

TEST_F(ALedger, does_not_begin_anew_by_a_clock_that_jumps) {
  EXPECT_EQ(issue(), "AC01");
  synchronised = false;
  clock.set_wall(clock.wall() + 24h * 3650);
  EXPECT_EQ(issue(), "AC02") << "ten years ahead";
  clock.set_wall(sys_days{std::chrono::year{1970} / 1 / 1});
  EXPECT_EQ(issue(), "AC03");
  open();
  EXPECT_EQ(issue(), "AC04");
  clock.set_wall(sys_days{kDay} + 2h);
  synchronised = true;
  EXPECT_EQ(issue(), "AC05") << "the day goes on where it was";
}

TEST_F(ALedger, begins_anew_without_network_when_both_clocks_agree_on_the_night) {
  synchronised = false;
  EXPECT_EQ(issue(), "AC01");
  clock.advance(20h);
  EXPECT_EQ(issue(), "AC02") << "the first day ever came from a clock nobody trusts";
  clock.advance(24h);
  EXPECT_EQ(issue(), "AC01");
}

TEST_F(ALedger, carries_on_what_was_given_before_the_first_clock_was_set) {
  synchronised = false;
  clock.set_wall(sys_days{std::chrono::year{1970} / 1 / 1});
  EXPECT_EQ(issue(), "AC01");
  EXPECT_EQ(issue(), "AC02");
  synchronised = true;
  clock.set_wall(sys_days{kDay} + 2h);
  EXPECT_EQ(issue(), "AC03") << "it is the same morning";
}

// Whatever the clock does: no label is given twice on one day of the paper.
TEST_F(ALedger, never_repeats_a_label_on_a_day_whatever_the_clock_does) {
  base::SeededRandom dice(2026);
  std::set<std::pair<std::string, std::string>> given;
  for (int i = 0; i < 1500; ++i) {
    switch (dice.below(10)) {
      case 0:
        clock.set_wall(clock.wall() + std::chrono::hours(static_cast<int>(dice.below(120)) - 60));
        break;
      case 1:
        synchronised = dice.below(2) == 0;
        break;
      case 2:
        if (dice.below(10) == 0) open();
        break;
      default:
        clock.advance(std::chrono::minutes(dice.below(30)));
    }
    const auto ticket = ledger->issue(ids.next(), 'A');
    ASSERT_TRUE(ticket);
    const auto day = sys_days(ticket->day).time_since_epoch().count();
    ASSERT_TRUE(given.emplace(std::to_string(day), ticket->label).second) << ticket->label;
  }
}

TEST_F(ALedger, changes_the_day_by_the_halls_own_midnight) {
  struct Midnight {
    const char* zone;
    base::WallTime utc;
  };
  // Facts: fault 26. UTC+14, UTC-12, and a night of 25 hours.
  for (const auto& [name, utc] : {Midnight{"Pacific/Kiritimati", sys_days{kDay} + 10h},
                                  {"Etc/GMT+12", sys_days{kDay} + 12h},
                                  {"Europe/Berlin", sys_days{std::chrono::year{2026} / 10 / 25} + 23h},
                                  {"Europe/Berlin", sys_days{std::chrono::year{2026} / 3 / 29} + 22h}}) {
    zone(name);
    std::filesystem::remove_all(folder / "tickets");
    clock.set_wall(utc - 1s);
    open();
    const auto before = *ledger->issue(ids.next(), 'A');
    clock.set_wall(utc);
    const auto after = *ledger->issue(ids.next(), 'A');
    EXPECT_EQ(sys_days(after.day) - sys_days(before.day), std::chrono::days(1)) << name;
    EXPECT_EQ(after.label, "AC01") << name;
  }
  zone("Europe/Berlin");  // the hour from two to three comes twice
  std::filesystem::remove_all(folder / "tickets");
  clock.set_wall(sys_days{std::chrono::year{2026} / 10 / 25} + 30min);
  open();
  EXPECT_EQ(issue(), "AC01");
  clock.advance(1h);
  EXPECT_EQ(issue(), "AC02");
}

TEST_F(ALedger, gives_up_the_blocks_of_an_earlier_epoch) {
  lease(700, 1);
  EXPECT_EQ(issue(), "A700");
  lease(740, 2);
  EXPECT_EQ(issue(), "A740");
  EXPECT_FALSE(ledger->add_block({'A', kDay, 3, 1, 20})) << "numbers that are counted on demand are never leased";
}

TEST_F(ALedger, that_is_damaged_is_set_aside_and_its_labels_do_not_come_again) {
  for (int i = 0; i < 30; ++i) issue();
  ledger.reset();
  std::ofstream(folder / "tickets/tickets.db", std::ios::trunc) << "no database at all, but long enough to look at twice";
  std::filesystem::remove(folder / "tickets/tickets.db-wal");
  open();
  EXPECT_EQ(issue(), "AC501");
  EXPECT_TRUE(std::filesystem::exists(folder / "tickets/damaged-1/tickets.db"));
}

TEST_F(ALedger, has_one_owner) {
  EXPECT_FALSE(open_ledger(folder.path(), ticket_place("HP-03"), {local_date, [] { return true; }}, clock));
}

// A child issues as fast as it can and says each label once it may be printed; it is killed at random moments.
TEST_F(ALedger, survives_kill_without_giving_a_number_twice) {
  ledger.reset();
  std::set<std::string> printed;
  base::SeededRandom dice(7);
  for (int round = 0; round < 8; ++round) {
    offline_cache_examples::ChildProcess child(
        {LINLI_BINARY_DIR "/bin/ledger_child", folder.path().string(), std::to_string(round)});
    const auto lines = 5 + dice.below(60);
    for (std::uint64_t i = 0; i < lines; ++i) {
      const auto label = child.read_line();
      ASSERT_FALSE(label.empty());
      EXPECT_TRUE(printed.insert(label).second) << label << " was printed before";
    }
    child.kill_now();
    for (auto label = child.read_line(); !label.empty(); label = child.read_line())
      EXPECT_TRUE(printed.insert(label).second) << label << " was printed before";
    child.wait();
  }
  EXPECT_GT(printed.size(), 60U);
}

}  // namespace
