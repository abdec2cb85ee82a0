#include "base/uuid.h"

#include <gtest/gtest.h>

#include "tests/support/fake_clock.h"

namespace {

using base::SeededRandom;
using base::Uuid;
using base::UuidSource;
using test_support::FakeClock;

TEST(AUuidSource, makes_version_7_ids_that_read_back) {
  FakeClock clock;
  SeededRandom random(1);
  UuidSource source(clock, random);
  const Uuid id = source.next();
  EXPECT_TRUE(id.is_v7());
  EXPECT_EQ(Uuid::parse(id.text()), id);
}

TEST(AUuidSource, keeps_ids_increasing_when_the_wall_clock_steps_back) {
  FakeClock clock;
  SeededRandom random(2);
  UuidSource source(clock, random);
  Uuid last = source.next();
  clock.set_wall(base::WallTime{});
  for (int i = 0; i < 10'000; ++i) {
    const Uuid id = source.next();
    ASSERT_LT(last, id);
    last = id;
  }
}

TEST(AUuid, refuses_anything_but_the_36_character_form) {
  EXPECT_FALSE(Uuid::parse(""));
  EXPECT_FALSE(Uuid::parse("0190000000007000800000000000000000"));
  EXPECT_FALSE(Uuid::parse("01900000-0000-7000-8000-00000000000g"));
  EXPECT_FALSE(Uuid::parse("01900000-0000-7000-8000-0000000000000"));
  EXPECT_FALSE(Uuid::parse("019000000-000-7000-8000-000000000000"));
}

}  // namespace
