#include "offline_cache/retry_policy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "offline_cache/courier/circuit.h"
#include "offline_cache/courier/suspects.h"
#include "tests/support/fake_clock.h"

namespace {

using namespace std::chrono_literals;
using offline_cache::Circuit;
using offline_cache::clamp_retry_after;
using offline_cache::retry_delay;
using offline_cache::Suspects;
using test_support::FakeClock;

TEST(ARetryDelay, is_drawn_from_all_of_a_doubling_range) {
  base::SeededRandom random(1);
  for (int failures = 0; failures < 8; ++failures) {
    const std::chrono::milliseconds longest = 5s * (1 << failures);
    std::vector<std::chrono::milliseconds> drawn;
    for (int i = 0; i < 2000; ++i) drawn.push_back(retry_delay(failures, random));
    const auto [low, high] = std::ranges::minmax(drawn);
    EXPECT_GE(low, 250ms);
    EXPECT_LT(low, longest / 10 + 250ms);
    EXPECT_GT(high, std::min<std::chrono::milliseconds>(longest, 15min) * 9 / 10);
    EXPECT_LE(high, std::min<std::chrono::milliseconds>(longest, 15min));
  }
}

TEST(ARetryDelay, never_passes_fifteen_minutes_however_often_it_failed) {
  base::SeededRandom random(2);
  for (const int failures : {8, 9, 18, 31, 32, 63, 1'000'000, -1})
    for (int i = 0; i < 200; ++i) {
      EXPECT_LE(retry_delay(failures, random), 15min);
      EXPECT_GE(retry_delay(failures, random), 250ms);
    }
}

TEST(ARetryAfter, is_believed_between_a_second_and_six_hours) {
  EXPECT_EQ(clamp_retry_after(120s), 120s);
  EXPECT_EQ(clamp_retry_after(0s), 1s);
  EXPECT_EQ(clamp_retry_after(-5s), 1s);
  EXPECT_EQ(clamp_retry_after(2'243'942'130s), 6h);  // what libcurl makes of a far date
}

TEST(ACircuit, lets_one_probe_through_per_delay_and_never_gives_up) {
  FakeClock clock;
  base::SeededRandom random(3);
  Circuit circuit(random);
  int probes = 0;
  for (auto t = 0s; t < 48h; t += 1s, clock.advance(1s)) {
    if (!circuit.may_try(clock.now())) continue;
    ++probes;
    circuit.failed(clock.now(), std::nullopt);
    EXPECT_LE(circuit.next_try() - clock.now(), 15min);
  }
  EXPECT_GT(probes, 48 * 4);   // at least every fifteen minutes
  EXPECT_LT(probes, 48 * 20);  // and never in a hurry
}

TEST(ACircuit, closes_when_the_platform_answers) {
  FakeClock clock;
  base::SeededRandom random(4);
  Circuit circuit(random);
  for (int i = 0; i < 20; ++i) circuit.failed(clock.now(), std::nullopt);
  circuit.succeeded(clock.now());
  EXPECT_TRUE(circuit.may_try(clock.now()));
  EXPECT_EQ(circuit.failures(), 0);
}

TEST(ACircuit, keeps_silent_as_long_as_the_platform_asks) {
  FakeClock clock;
  base::SeededRandom random(5);
  Circuit circuit(random);
  circuit.failed(clock.now(), 120s);
  EXPECT_TRUE(circuit.told_to_wait(clock.now()));
  clock.advance(119s);
  EXPECT_FALSE(circuit.may_try(clock.now()));
  clock.advance(1s);
  EXPECT_TRUE(circuit.may_try(clock.now()));
  EXPECT_FALSE(circuit.told_to_wait(clock.now()));
}

TEST(ACircuit, forgets_everything_when_somebody_presses_send_now) {
  FakeClock clock;
  base::SeededRandom random(6);
  Circuit circuit(random);
  circuit.failed(clock.now(), 6h);
  circuit.forget();
  EXPECT_TRUE(circuit.may_try(clock.now()));
  EXPECT_FALSE(circuit.told_to_wait(clock.now()));
}

// A thousand machines whose network comes back in the same second.
TEST(AFleet, that_comes_back_together_spreads_itself) {
  FakeClock clock;
  base::SystemRandom random;
  std::vector<int> arrivals(60);
  for (int machine = 0; machine < 1000; ++machine) {
    Circuit circuit(random);
    circuit.failed(clock.now(), std::nullopt);
    const auto back = clock.now() + 10min;
    circuit.succeeded(back);
    EXPECT_TRUE(circuit.may_probe(back));  // what somebody has just made here goes at once
    EXPECT_LE(circuit.next_try() - back, 60s);
    ++arrivals[static_cast<std::size_t>(std::min<std::int64_t>((circuit.next_try() - back) / 1s, 59))];
  }
  EXPECT_LT(*std::ranges::max_element(arrivals), 50);  // 17 expected in each second
  EXPECT_EQ(std::ranges::count(arrivals, 0), 0);
}

TEST(AFleet, spreads_itself_when_the_power_comes_back_and_not_after_a_hiccup) {
  FakeClock clock;
  base::SeededRandom random(8);
  Circuit circuit(random);
  circuit.began(clock.now());
  EXPECT_TRUE(circuit.spreading(clock.now()));
  clock.advance(61s);
  EXPECT_TRUE(circuit.may_try(clock.now()));
  circuit.failed(clock.now(), std::nullopt);
  clock.advance(5s);
  circuit.succeeded(clock.now());
  EXPECT_FALSE(circuit.spreading(clock.now()));
  circuit.began(clock.now());
  circuit.forget();  // somebody pressed "send now"
  EXPECT_TRUE(circuit.may_try(clock.now()));
}

TEST(ACircuit, lives_by_boot_time_alone) {
  FakeClock clock;
  base::SeededRandom random(9);
  Circuit circuit(random);
  circuit.failed(clock.now(), 120s);
  const auto due = circuit.next_try();
  clock.set_wall(clock.wall() + std::chrono::hours(24 * 3650));
  EXPECT_FALSE(circuit.may_try(clock.now()));
  clock.set_wall(base::WallTime{});
  EXPECT_EQ(circuit.next_try(), due);
}

base::Uuid id_of(std::uint8_t n) {
  base::Uuid id;
  id.bytes[15] = n;
  return id;
}

TEST(ASuspect, is_held_after_five_failures_between_which_others_arrived) {
  Suspects suspects;
  for (int i = 0; i < 4; ++i) {
    EXPECT_FALSE(suspects.failed(id_of(1)));
    suspects.acknowledged(id_of(2));
  }
  EXPECT_TRUE(suspects.failed(id_of(1)));
}

TEST(ASuspect, is_nobody_while_everything_fails) {
  Suspects suspects;
  for (int i = 0; i < 1000; ++i) EXPECT_FALSE(suspects.failed(id_of(1)));
  suspects.acknowledged(id_of(2));
  EXPECT_FALSE(suspects.failed(id_of(1)));
}

}  // namespace
