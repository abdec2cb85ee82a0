// What is left of a damaged queue finds its way out also where there is little room.
#include "offline_cache/sqlite/rescue.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>

#include "base/log.h"
#include "offline_cache/courier/delivery.h"
#include "tests/offline_cache/hall.h"
#include "tests/offline_cache/stored_examples.h"

namespace {

using namespace offline_cache_examples;

constexpr int kDamagedRows = 400;

void put_aside(Queue& queue) {
  for (int i = 0; i < kDamagedRows; ++i) queue.add();
  queue.close();
  std::filesystem::rename(queue.folder / "outbox", queue.folder / "outbox-damaged-20261123T014100Z-1");
}

TEST(ARescue, that_could_not_read_the_damaged_files_is_done_again) {
  base::log::quiet();
  Queue queue;
  put_aside(queue);
  const auto damaged = queue.folder / "outbox-damaged-20261123T014100Z-1";
  std::fstream(damaged / "outbox.db", std::ios::in | std::ios::out | std::ios::binary) << std::string(kPageSize, 'x');
  signal(SIGXFSZ, SIG_IGN);
  rlimit unlimited{};
  getrlimit(RLIMIT_FSIZE, &unlimited);
  const rlimit tight{600 << 10, unlimited.rlim_max};  // a new queue fits, a copy of the old one does not
  ASSERT_GT(std::filesystem::file_size(damaged / "outbox.db"), tight.rlim_cur);
  setrlimit(RLIMIT_FSIZE, &tight);
  auto opened = queue.try_open();
  setrlimit(RLIMIT_FSIZE, &unlimited);
  ASSERT_TRUE(opened) << "service goes on: " << opened.error().detail;
  EXPECT_FALSE(opened->rescued);
  EXPECT_FALSE(was_rescued(damaged));
  opened->outbox.reset();
  opened = queue.try_open();
  ASSERT_TRUE(opened);
  EXPECT_TRUE(opened->rescued);
  EXPECT_EQ(opened->outbox->counts().queued, kDamagedRows);
}

// More waits in the damaged queue than the new one may hold.
TEST(ARescue, goes_on_while_the_queue_empties) {
  base::log::quiet();
  Hall hall;
  test_support::FakeClock clock;
  std::size_t received = 0;
  const auto hear = [&](const CourierEvent& event) { received += std::holds_alternative<Received>(event) ? 1U : 0U; };
  auto offline = hall.configuration;
  offline.platform_url.clear();
  {
    Delivery before(offline, clock, hall.random, hear);
    before.begin();
    for (int i = 0; i < kDamagedRows; ++i) before.submit({hall.ids.next(), base::Secret(kApplication)});
  }
  const auto& data = hall.configuration.data_folder;
  std::filesystem::rename(data / "outbox", data / "outbox-damaged-20261123T014100Z-1");
  hall.configuration.store.quota_bytes = 320 << 10;
  Delivery delivery(hall.configuration, clock, hall.random, hear);
  delivery.begin();
  EXPECT_LT(delivery.look({}).counts.queued, kDamagedRows);
  const auto end = hall.clock.now() + 60s;
  while (received < kDamagedRows && hall.clock.now() < end) {
    if (delivery.look({}).counts.waiting() == 0) clock.advance(kHousekeepingEvery);
    delivery.wake();
    delivery.step();
  }
  EXPECT_EQ(received, std::size_t{kDamagedRows});
  delivery.end();
}

}  // namespace
