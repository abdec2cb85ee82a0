// When a terminal wakes though nothing happens.
#include <gtest/gtest.h>

#include "kiosk/app/kiosk.h"
#include "tests/support/fake_clock.h"

namespace {

using namespace std::chrono_literals;

TEST(AnIdleKiosk, wakes_for_the_clock_on_the_page_and_at_rest_only_when_the_page_moves) {
  test_support::FakeClock clock;  // 9:41 in the hall
  clock.advance(10s);
  EXPECT_EQ(kiosk::picture_stands_for(clock, false), 50s);
  EXPECT_EQ(kiosk::picture_stands_for(clock, true), 50s) << "places change at 9:42";
  clock.advance(50s);
  EXPECT_EQ(kiosk::picture_stands_for(clock, false), 1min);
  EXPECT_EQ(kiosk::picture_stands_for(clock, true), 3min);
}

}  // namespace
