// The registrar's work without its thread, with a clock that moves when told and a platform that is there.
#include "offline_cache/registrar/books.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "base/log.h"
#include "tests/offline_cache/crash/crash_vfs.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fault_server.h"
#include "tests/support/temporary_folder.h"

namespace {

using namespace offline_cache;
using namespace std::chrono_literals;

class TheBooks : public testing::Test {
 protected:
  TheBooks() { base::log::quiet(); }

  RegistrarConfiguration configuration() {
    RegistrarConfiguration made;
    made.data_folder = folder / "data";
    made.platform_url = server.url();
    made.terminal = "HP-03";
    made.series = "A";
    made.fleet_spread = {};
    made.hall_time = {[](base::WallTime at) { return std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(at)); },
                      [] { return true; }};
    return made;
  }
  void open() { open(configuration()); }
  void open(RegistrarConfiguration with) {
    books.emplace(std::move(with), clock, random, [this](const RegistrarEvent& event) { events.push_back(event); });
    books->begin();
  }
  // One turn, which waits for nothing.
  void turn() {
    books->wake();
    books->step();
  }

  test_support::TemporaryFolder folder;
  test_support::FaultServer server;
  test_support::FakeClock clock;
  base::SeededRandom random{5};
  std::vector<RegistrarEvent> events;
  std::optional<Books> books;
};

TEST_F(TheBooks, wait_while_the_ledger_cannot_be_opened) {
  std::filesystem::create_directories(folder / "data");
  ASSERT_TRUE(base::write_file(folder / "data" / "tickets", "a file stands in the way"));
  open();
  turn();
  EXPECT_GT(books->patience(), 0ms);
  clock.advance(kReopenLedgerEvery);
  EXPECT_EQ(books->patience(), 0ms) << "it is time to try again";
  turn();
  EXPECT_GT(books->patience(), 0ms);
}

TEST_F(TheBooks, wait_offline_while_the_ledger_cannot_be_opened) {
  std::filesystem::create_directories(folder / "data");
  ASSERT_TRUE(base::write_file(folder / "data" / "tickets", "a file stands in the way"));
  auto made = configuration();
  made.platform_url.clear();
  open(std::move(made));
  clock.advance(kReopenLedgerEvery);
  turn();
  EXPECT_GT(books->patience(), 0ms);
}

TEST_F(TheBooks, wait_while_the_ledger_cannot_be_asked) {
  crash::Disk disk;
  const crash::Mount mount(disk, (folder / "data").string(), 512);
  auto made = configuration();
  made.platform_url = "http://127.0.0.1:1";  // nobody listens: no request is under way for long
  open(std::move(made));
  disk.fail_at(disk.operations(), crash::Fault::write_error, true);
  turn();
  for (int second = 0; second < 200 && !HasFailure(); ++second) {
    clock.advance(1s);
    turn();
    EXPECT_GT(books->patience(), 0ms) << "it is asked again and again, second " << second;
  }
  EXPECT_GT(disk.faults(), 1);
  books.reset();
}

// The lights go on again in a whole district.
TEST_F(TheBooks, do_not_call_the_platform_in_step_with_the_whole_fleet) {
  auto made = configuration();
  made.fleet_spread = kFleetSpread;
  open(std::move(made));
  turn();
  EXPECT_GT(books->patience(), 0ms);
  EXPECT_LE(books->patience(), kFleetSpread) << "nothing is under way";
  EXPECT_TRUE(server.seen().empty());
  clock.advance(kFleetSpread);
  const base::SystemClock real;
  for (const auto end = real.now() + 20s; server.seen().empty() && real.now() < end;) books->step();
  EXPECT_FALSE(server.seen().empty());
}

}  // namespace
