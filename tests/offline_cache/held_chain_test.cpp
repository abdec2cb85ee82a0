// What waits behind a HELD application of its chain waits for a person, and nobody else does.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <future>

#include "offline_cache/courier/delivery.h"
#include "tests/offline_cache/hall.h"

namespace {

using namespace offline_cache_examples;

// The platform refuses an application; the same person applies for the same service again.
class AChainBehindAHeldOne : public testing::Test {
 protected:
  AChainBehindAHeldOne()
      : delivery(hall.configuration, hall.clock, hall.random, [this](const CourierEvent& event) { hear(event); }) {
    hall.server.next({Behaviour::malformed, ""});
    delivery.begin();
    first = submit("family 1");
    go_on_until([&] { return held == std::vector{first}; });
    second = submit("family 1");
  }
  ~AChainBehindAHeldOne() override { delivery.end(); }

  base::Uuid submit(std::string_view chain) {
    const auto id = hall.ids.next();
    delivery.submit({id, base::Secret(kApplication), base::Secret(chain)});
    return id;
  }
  template <class Fits>
  void go_on_until(Fits fits) {
    const auto end = hall.clock.now() + 20s;
    while (!fits() && hall.clock.now() < end) delivery.step();
    ASSERT_TRUE(fits());
  }
  void hear(const CourierEvent& event) {
    if (const auto* refused = std::get_if<Refused>(&event)) held.push_back(refused->id);
    if (const auto* arrived = std::get_if<Received>(&event)) received.push_back(arrived->id);
    if (const auto* now = std::get_if<QueueCounts>(&event)) counts = *now;
    if (const auto* intake = std::get_if<IntakeChanged>(&event)) ever_closed = ever_closed || !intake->open;
  }

  Hall hall;
  std::vector<base::Uuid> held, received;
  QueueCounts counts;
  bool ever_closed = false;
  base::Uuid first, second;
  Delivery delivery;  // last: it tells of itself
};

TEST_F(AChainBehindAHeldOne, waits_while_everybody_else_is_served) {
  testing::internal::CaptureStderr();
  for (int i = 0; i < 3; ++i) {
    const auto other = submit(i == 0 ? "" : "family 2");
    go_on_until([&] { return !received.empty() && received.back() == other; });
    delivery.wake();
    delivery.step();
    EXPECT_EQ(counts.behind_held, 1) << "nothing is left to send";
  }
  delivery.act({QueueAction::Kind::retry, first, {}, 1000, ""}, {});
  go_on_until([&] { return received.size() == 5; });
  EXPECT_EQ(counts.behind_held, 0);
  EXPECT_EQ(received[3], first);
  EXPECT_EQ(received[4], second);
  const auto log = testing::internal::GetCapturedStderr();
  EXPECT_EQ(log.find("SAVE-003"), std::string::npos) << "nothing is wrong with the queue: " << log;
  EXPECT_FALSE(ever_closed);
}

TEST_F(AChainBehindAHeldOne, costs_nothing_while_it_waits) {
  auto step = std::async(std::launch::async, [&] { delivery.step(); });
  EXPECT_EQ(step.wait_for(300ms), std::future_status::timeout) << "there is nothing to do";
  delivery.wake();
  step.get();
  EXPECT_FALSE(ever_closed);
}

// What was just made may go at once, whatever the circuit says; behind a held one it must not open that way for all others.
TEST_F(AChainBehindAHeldOne, keeps_to_the_back_off_when_the_platform_goes) {
  hall.server.always({Behaviour::broken, ""});
  for (int i = 0; i < 3; ++i) (void)submit(fmt::format("family {}", i + 2));
  const auto waiting = submit("family 1");
  std::atomic<bool> enough = false;
  auto steps = std::async(std::launch::async, [&] {
    while (!enough) delivery.step();
  });
  EXPECT_EQ(steps.wait_for(500ms), std::future_status::timeout);
  enough = true;
  delivery.wake();
  steps.get();
  EXPECT_LE(hall.server.puts(), 12U) << "each of the three once, and a little of the backlog";
  EXPECT_TRUE(std::ranges::find(received, waiting) == received.end());
}

}  // namespace
