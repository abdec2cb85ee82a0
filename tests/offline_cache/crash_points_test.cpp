// The crash points of the queue and of the courier (crash/points.h): the process killed there, the power cut there, and the step
// reporting an error although it took effect.
#include <gtest/gtest.h>

#include "base/log.h"
#include "offline_cache/courier/delivery.h"
#include "test_places.h"
#include "tests/offline_cache/child_process.h"
#include "tests/offline_cache/crash/points.h"
#include "tests/offline_cache/crash/scripted_day.h"
#include "tests/offline_cache/small_terminal.h"
#include "tests/support/fault_server.h"
#include "tests/support/power_cut/medium.h"

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using offline_cache_examples::ChildProcess;
using offline_cache_examples::kSmallStore;
using offline_cache_examples::small_terminal;
using test_support::TemporaryFolder;

constexpr int kMostArrivals = 3;  // of one point in one test

std::string point_name(const testing::TestParamInfo<crash::Point>& row) {
  std::string name = row.param.name;
  std::ranges::replace(name, '-', '_');
  return name;
}

// --- the queue's own points, on its scripted day ---------------------------------------------------------------------------

const std::vector<crash::States>& states_of_the_day() {
  static const auto states = [] {
    crash::ScriptedDay day(1);
    crash::Disk disk;
    day.begin(disk);
    auto opened = day.open(disk, 512, false);
    std::vector<crash::States> noted{crash::States{}};
    day.play(*opened->outbox, [&](std::size_t) { noted.push_back(*day.states(*opened->outbox)); });
    return noted;
  }();
  return states;
}

class AQueuePoint : public testing::TestWithParam<crash::Point> {
 protected:
  // After `done` steps that were acknowledged: exactly the states before the step under way, or exactly those after it.
  void expect_found(offline_cache::Outbox& outbox, std::size_t done) {
    const auto& states = states_of_the_day();
    const auto found = day.states(outbox);
    ASSERT_TRUE(found) << found.error().detail;
    const auto& wanted = states[std::min(done + (GetParam().taken ? 1 : 0), states.size() - 1)];
    EXPECT_EQ(*found, crash::ScriptedDay::recovered(wanted)) << "after " << done << " steps";
    EXPECT_EQ(day.check_payloads(outbox), "");
    EXPECT_TRUE(outbox.self_check());
    EXPECT_TRUE(outbox.enqueue(day.another(), false)) << "it takes no new application";
  }
  base::Result<offline_cache::OpenedOutbox> open_at(const fs::path& folder) {
    random.emplace(1);
    return offline_cache::open_outbox(folder, kSmallStore, clock, *random);
  }

  crash::ScriptedDay day{1};
  test_support::FakeClock clock;
  std::optional<base::SeededRandom> random;  // always the same receipt codes
};

TEST_P(AQueuePoint, where_the_process_is_killed) {
  int kills = 0;
  for (int arrival = 1; arrival <= kMostArrivals; ++arrival) {
    const TemporaryFolder folder;
    const auto death = crash::die_at(GetParam().name, arrival, [&](const auto& say) {
      auto opened = open_at(folder.path());
      if (opened) day.play(*opened->outbox, [&](std::size_t) { say('.'); });
    });
    if (!death.killed) break;
    ++kills;
    auto opened = open_at(folder.path());
    ASSERT_TRUE(opened) << opened.error().detail;
    EXPECT_EQ(opened->damaged_queues, 0);
    expect_found(*opened->outbox, death.said.size());
  }
  EXPECT_GT(kills, 0);
  std::printf("proof: %s %s: %d kills\n", GetParam().clause, GetParam().name, kills);
}

TEST_P(AQueuePoint, where_the_power_is_cut) {
  int cuts = 0;
  base::SeededRandom dice(3);
  for (int arrival = 1; arrival <= kMostArrivals; ++arrival) {
    crash::Disk disk;
    day.begin(disk);
    auto opened = day.open(disk, 512, false);
    ASSERT_TRUE(opened);
    std::size_t done = 0;
    const crash::Armed armed(GetParam().name, arrival, [&] {
      for (const crash::Loss loss : crash::kLosses) {
        auto found = disk.after_cut(loss, 512, dice);
        auto again = day.open(found, 512, false);
        EXPECT_TRUE(again) << again.error().detail;
        if (again) expect_found(*again->outbox, done);
        ++cuts;
      }
      return false;
    });
    (void)day.play(*opened->outbox, [&](std::size_t index) { done = index + 1; });
    if (!armed.reached()) break;
  }
  EXPECT_GT(cuts, 0);
  std::printf("proof: %s %s: %d power cuts\n", GetParam().clause, GetParam().name, cuts);
}

TEST_P(AQueuePoint, that_reports_an_error) {
  int errors = 0;
  for (int arrival = 1; arrival <= kMostArrivals; ++arrival) {
    crash::Disk disk;
    day.begin(disk);
    auto opened = day.open(disk, 512, false);
    ASSERT_TRUE(opened);
    std::size_t done = 0;
    const crash::Armed armed(GetParam().name, arrival, [] { return true; });
    const auto stopped = day.play(*opened->outbox, [&](std::size_t index) { done = index + 1; });
    if (!armed.reached()) break;
    EXPECT_LT(stopped, day.steps()) << "nobody was told";
    opened->outbox.reset();  // what the courier does: close, open anew, ask by the id
    auto again = day.open(disk, 512, false);
    ASSERT_TRUE(again) << again.error().detail;
    expect_found(*again->outbox, done);
    ++errors;
  }
  EXPECT_GT(errors, 0);
  std::printf("proof: %s %s: %d errors although it may have happened\n", GetParam().clause, GetParam().name, errors);
}

INSTANTIATE_TEST_SUITE_P(_, AQueuePoint, testing::ValuesIn(crash::kQueuePoints), point_name);

// C4, C5: the resident presses again, with the same id: there is still one application, and it has the code it had.
TEST(ACommitThatReportedAnError, is_found_again_by_its_id_and_makes_no_second) {
  crash::ScriptedDay day(1);
  crash::Disk disk;
  day.begin(disk);
  const auto application = day.another();
  for (const auto* point : {"accept-written", "accept-committed"}) {
    auto opened = day.open(disk, 512, false);
    const crash::Armed armed(point, 1, [] { return true; });
    EXPECT_FALSE(opened->outbox->enqueue(application, false));
  }
  auto opened = day.open(disk, 512, false);
  const auto found = opened->outbox->find(application.id);
  ASSERT_TRUE(found && *found) << "it took effect the second time";
  const auto again = opened->outbox->enqueue(application, false);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->receipt_code, (*found)->receipt_code);
  EXPECT_EQ(opened->outbox->counts().queued, 1);
}

// --- on the way to a platform ----------------------------------------------------------------------------------------------

class ACourierPoint : public testing::TestWithParam<crash::Point> {
 protected:
  ACourierPoint() { base::log::quiet(); }

  // Submits if told to, and goes on until the platform has confirmed `id`. The number it gave.
  std::string carry(const fs::path& folder, const base::Uuid& id, bool submit) const {
    base::SystemRandom random;
    std::string number;
    offline_cache::Delivery delivery(small_terminal(server, folder), clock, random,
                                     [&](const offline_cache::CourierEvent& event) {
                                       const auto* received = std::get_if<offline_cache::Received>(&event);
                                       if (received != nullptr && received->id == id) number = received->number;
                                     });
    delivery.begin();
    if (submit) delivery.submit({id, base::Secret(R"({"answers":{},"applicant":{"name":"王秀兰"},"language":"zh"})")});
    for (int turn = 0; number.empty() && turn < 1000; ++turn) {
      delivery.send_now();
      delivery.step();
    }
    delivery.end();
    return number;
  }
  // The process dies at the point, and with it what was not synced if `names` says so; then somebody goes on.
  void die_and_carry_on(int arrival, std::optional<test_support::NamesLost> names = {}) {
    const TemporaryFolder folder;
    const auto id = ids.next();
    test_support::Medium medium(folder.path());
    const auto death = crash::die_at(GetParam().name, arrival, [&](const auto&) {
      medium.watch();
      (void)carry(folder.path(), id, true);
    });
    ++effects;
    if (!death.killed) return;  // it came to its end
    ++kills;
    if (names) medium.cut(*names);
    test_support::FakeClock fake;
    {
      auto opened = offline_cache::open_outbox(folder.path(), kSmallStore, fake, seeded);
      ASSERT_TRUE(opened) << opened.error().detail;
      EXPECT_EQ(opened->outbox->counts().queued, GetParam().taken ? 1 : 0);
      const auto found = opened->outbox->find(id);
      ASSERT_TRUE(found);
      EXPECT_EQ(found->has_value(), GetParam().taken);
    }
    EXPECT_NE(carry(folder.path(), id, !GetParam().taken), "");
    EXPECT_EQ(server.accepted().count(id.text()), 1U);
  }

  mutable test_support::FaultServer server;
  base::SystemClock clock;
  base::SystemRandom system_random;
  base::SeededRandom seeded{1};
  base::UuidSource ids{clock, system_random};
  int kills = 0;
  std::size_t effects = 0;
};

TEST_P(ACourierPoint, where_the_process_is_killed) {
  die_and_carry_on(1);
  server.next({test_support::Behaviour::consume_and_close});  // the effect, and no answer: C12
  die_and_carry_on(1);
  for (const int arrival : {2, 5, 20}) {
    server.next({test_support::Behaviour::slow});  // the answer comes byte by byte: C13
    die_and_carry_on(arrival);
  }
  EXPECT_GT(kills, 0);
  EXPECT_EQ(server.conflicts(), 0) << "the same id never comes with other bytes";
  EXPECT_EQ(server.accepted().size(), effects);
  std::printf("proof: %s %s: %d kills, one effect each\n", GetParam().clause, GetParam().name, kills);
}

TEST_P(ACourierPoint, where_the_power_is_cut) {
  for (const auto names : {test_support::NamesLost::unsynced, test_support::NamesLost::none}) {
    die_and_carry_on(1, names);
    server.next({test_support::Behaviour::consume_and_close});
    die_and_carry_on(1, names);
  }
  EXPECT_GT(kills, 0);
  EXPECT_EQ(server.conflicts(), 0);
  EXPECT_EQ(server.accepted().size(), effects);
  std::printf("proof: %s %s: %d power cuts, one effect each\n", GetParam().clause, GetParam().name, kills);
}

INSTANTIATE_TEST_SUITE_P(_, ACourierPoint, testing::ValuesIn(crash::kCourierPoints), point_name);

}  // namespace
