// A sync fails, the process dies before it has put that right, and later the power fails: the kernel shows bytes that the
// medium never took (reliability §2.2). What was given to somebody between the two deaths stays given.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "offline_cache/ledger.h"
#include "offline_cache/sqlite/store_files.h"
#include "tests/offline_cache/crash/crash_vfs.h"
#include "tests/offline_cache/stored_examples.h"

namespace {

using namespace offline_cache_examples;

class AFailedSync : public testing::TestWithParam<crash::Loss> {
 protected:
  // `act` and a death at its end; from its `nth` operation on syncs fail. False when there was none.
  template <class Act>
  bool die_after(std::int64_t nth, Act act) {
    const auto before = disk.faults();
    disk.fail_at(disk.operations() + nth, crash::Fault::sync_error, true);
    act();
    disk.fail_at(-1, crash::Fault::none);
    found = disk.after_kill();
    return disk.faults() > before;
  }
  void cut_the_power() { found = disk.after_cut(GetParam(), 512, random); }

  const test_support::TemporaryFolder folder;
  test_support::FakeClock clock;
  base::SeededRandom random{3};
  base::UuidSource ids{clock, random};
  crash::Disk disk, found;
  crash::Mount mount{disk, folder.path().string(), 512};
};

constexpr std::int64_t kMostOperations = 40;  // of one issue or enqueue

TEST_P(AFailedSync, does_not_give_a_ticket_number_twice) {
  std::unique_ptr<Ledger> ledger;
  const auto open = [&] {
    auto opened =
        open_ledger(folder.path(), ticket_place("HP-03"),
                    {[](base::WallTime wall) { return std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(wall)); },
                     [] { return true; }},
                    clock);
    if (opened) ledger = *std::move(opened);
  };
  const auto restart = [&] {
    ledger.reset();
    disk = std::move(found);
    open();
  };
  open();
  int failed = 0;
  for (std::int64_t nth = 0; nth < kMostOperations; ++nth) {
    const auto id = ids.next();
    ASSERT_TRUE(ledger);
    failed += die_after(nth, [&] { (void)ledger->issue(id, 'A'); }) ? 1 : 0;
    restart();
    ASSERT_TRUE(ledger);
    const auto given = ledger->issue(id, 'A');
    ASSERT_TRUE(given);
    cut_the_power();
    restart();
    ASSERT_TRUE(ledger);
    const auto next = ledger->issue(ids.next(), 'A');
    ASSERT_TRUE(next);
    EXPECT_NE(next->label, given->label) << "operation " << nth;
  }
  EXPECT_GT(failed, 0);
}

class AQueueAfterAFailedSync : public AFailedSync {
 protected:
  AQueueAfterAFailedSync() {
    std::filesystem::create_directories(folder / "outbox");
    std::ofstream(folder / "outbox" / "outbox.db") << 'x';  // what it holds lies on the simulated disk
    EXPECT_TRUE(create_database(StoreFiles{folder.path()}.database(), 2048));
    disk.settle();
    open();
  }
  void open() {
    auto opened = open_outbox(folder.path(), {.quota_bytes = 8 << 20, .ballast_bytes = 4096}, clock, random);
    if (opened) outbox = std::move(opened->outbox);
  }
  void restart() {
    outbox.reset();
    disk = std::move(found);
    open();
  }
  bool has(const base::Uuid& id) {
    const auto row = outbox->find(id);
    return row && row->has_value();
  }

  std::unique_ptr<Outbox> outbox;
};

TEST_P(AQueueAfterAFailedSync, does_not_lose_what_is_found_afterwards) {
  int failed = 0, found_again = 0;
  for (std::int64_t nth = 0; nth < kMostOperations; ++nth) {
    const auto id = ids.next();
    ASSERT_TRUE(outbox);
    failed += die_after(nth, [&] { (void)outbox->enqueue(envelope_for(id), false); }) ? 1 : 0;
    restart();
    ASSERT_TRUE(outbox);
    const bool told = has(id);
    const auto next = ids.next();
    ASSERT_TRUE(outbox->enqueue(envelope_for(next), false));
    cut_the_power();
    restart();
    ASSERT_TRUE(outbox);
    EXPECT_TRUE(has(next)) << "operation " << nth;
    found_again += told ? 1 : 0;
    EXPECT_TRUE(!told || has(id)) << "operation " << nth;
  }
  EXPECT_GT(failed, 0);
  EXPECT_GT(found_again, 0);
}

TEST_P(AQueueAfterAFailedSync, loses_nothing_when_the_power_fails_while_the_log_is_written_again) {
  std::vector<base::Uuid> kept;
  for (int i = 0; i < 20; ++i) {  // more than a piece of the log
    kept.push_back(ids.next());
    ASSERT_TRUE(outbox->enqueue(envelope_for(kept.back(), 9000), false));
  }
  found = disk.after_kill();
  std::vector<crash::Disk> cuts;
  outbox.reset();
  disk = std::move(found);
  disk.before_operation = [&] { cuts.push_back(disk.after_cut(GetParam(), 512, random)); };
  open();
  ASSERT_GT(cuts.size(), 10U);
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    found = std::move(cuts[i]);
    restart();
    ASSERT_TRUE(outbox) << "operation " << i;
    for (const auto& id : kept) ASSERT_TRUE(has(id)) << "operation " << i;
  }
}

INSTANTIATE_TEST_SUITE_P(ThenAPowerCut, AFailedSync, testing::ValuesIn(crash::kLosses));
INSTANTIATE_TEST_SUITE_P(ThenAPowerCut, AQueueAfterAFailedSync, testing::ValuesIn(crash::kLosses));

}  // namespace
