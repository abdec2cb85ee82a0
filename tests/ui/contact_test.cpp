#include "ui/contact.h"

#include <gtest/gtest.h>

namespace ui {
namespace {

using namespace std::chrono_literals;

class AContact : public testing::Test {
 protected:
  void down(std::int64_t who, int x, std::chrono::milliseconds at) { contact_.down(who, x, x, at, seen_); }
  void move(std::int64_t who, int x, std::chrono::milliseconds at) { contact_.move(who, x, x, at, seen_); }
  void up(std::int64_t who, int x, std::chrono::milliseconds at) { contact_.up(who, x, x, at, seen_); }
  bool lifted_for_nothing() const { return !seen_.empty() && !seen_.back().down && seen_.back().x == kLifted.x; }

  Contact contact_;
  std::vector<PointerTransition> seen_;
};

TEST_F(AContact, is_the_first_finger_until_it_lifts) {
  down(7, 10, 0ms);
  down(8, 90, 10ms);  // a palm
  up(8, 90, 60ms);
  up(7, 11, 200ms);
  ASSERT_EQ(seen_.size(), 2U);
  EXPECT_TRUE(seen_[0].down);
  EXPECT_EQ(seen_[1].x, 10);
  EXPECT_FALSE(seen_[1].down);
}

TEST_F(AContact, begins_only_on_an_empty_glass) {
  down(7, 10, 0ms);
  down(8, 90, 10ms);
  up(7, 10, 100ms);
  down(9, 50, 150ms);  // the palm still lies there
  up(9, 50, 250ms);
  EXPECT_EQ(seen_.size(), 2U);
  up(8, 90, 300ms);
  down(10, 50, 400ms);
  EXPECT_EQ(seen_.size(), 3U);
}

TEST_F(AContact, of_ten_fingers_is_one) {
  for (int finger = 0; finger < 10; ++finger) down(finger, 10 * finger, 1ms * finger);
  for (int finger = 9; finger >= 0; --finger) up(finger, 10 * finger, 100ms + 1ms * finger);
  ASSERT_EQ(seen_.size(), 2U);
  EXPECT_EQ(seen_[1].x, 0);
}

TEST_F(AContact, ignores_a_mouse_that_only_moves) {
  move(Contact::kMouse, 10, 0ms);
  EXPECT_TRUE(seen_.empty());
}

TEST_F(AContact, keeps_where_it_went_down_and_the_last_place_of_a_slide) {
  down(Contact::kMouse, 1, 0ms);
  for (int i = 2; i < 50; ++i) move(Contact::kMouse, i, 1ms * i);
  ASSERT_EQ(seen_.size(), 2U);
  EXPECT_EQ(seen_[0].x, 1);
  EXPECT_EQ(seen_[1].x, 49);
}

TEST_F(AContact, ends_where_it_rested_and_not_where_it_slid_off) {
  down(1, 100, 0ms);
  move(1, 104, 30ms);
  for (int i = 1; i <= 6; ++i) move(1, 104 + 20 * i, 490ms + 2ms * i);  // rolled off while lifting
  up(1, 230, 503ms);
  EXPECT_EQ(seen_.back().x, 104);
  EXPECT_FALSE(seen_.back().down);
}

TEST_F(AContact, that_trembles_ends_in_its_middle) {
  down(1, 100, 0ms);
  for (int i = 0; i < 20; ++i) move(1, i % 4 == 3 ? 160 : 100, 10ms * (i + 1));
  up(1, 160, 210ms);
  EXPECT_EQ(seen_.back().x, 100);
}

TEST_F(AContact, that_is_slow_still_counts) {
  down(1, 100, 0ms);
  up(1, 100, 60s);
  EXPECT_EQ(seen_.back().x, 100);
  EXPECT_FALSE(contact_.needs_a_look(60s));
}

TEST_F(AContact, shorter_than_a_finger_can_be_is_none) {
  down(1, 100, 0ms);
  up(1, 100, 20ms);
  EXPECT_TRUE(lifted_for_nothing());
  down(Contact::kMouse, 100, 100ms);
  up(Contact::kMouse, 100, 100ms);  // the button of a mouse may be
  EXPECT_EQ(seen_.back().x, 100);
}

TEST_F(AContact, that_never_lifts_is_set_aside_for_the_next_one_and_told) {
  down(1, 100, 0ms);
  down(2, 500, 9s);
  move(1, 101, 9050ms);
  up(2, 500, 9100ms);
  EXPECT_EQ(seen_.size(), 2U);
  down(3, 500, 11s);
  ASSERT_EQ(seen_.size(), 4U);
  EXPECT_EQ(seen_[2].x, kLifted.x);
  up(3, 500, 11100ms);
  EXPECT_TRUE(contact_.needs_a_look(11100ms));
  down(4, 600, 12s);
  up(4, 600, 12100ms);
  EXPECT_EQ(seen_.back().x, 600);
  up(1, 100, 13s);
  EXPECT_FALSE(contact_.needs_a_look(13s));
}

TEST_F(AContact, that_is_none_ten_times_is_told) {
  for (int i = 0; i < 10; ++i) {
    EXPECT_FALSE(contact_.needs_a_look(1s * i));
    down(i, 100, 1s * i);
    up(i, 100, 1s * i + 10ms);
  }
  EXPECT_TRUE(contact_.needs_a_look(10s));
  EXPECT_FALSE(contact_.needs_a_look(11min)) << "long ago";
}

// The lifting of the first was lost: without this the glass would be dead for ten seconds.
TEST_F(AContact, that_lies_still_while_another_comes_and_goes_gives_way_to_the_next) {
  down(1, 100, 0ms);
  down(2, 500, 2s);
  up(2, 500, 2100ms);
  ASSERT_EQ(seen_.size(), 2U);
  EXPECT_TRUE(lifted_for_nothing());
  down(3, 500, 3s);
  up(3, 500, 3100ms);
  EXPECT_EQ(seen_.back().x, 500);
  EXPECT_FALSE(contact_.needs_a_look(4s)) << "a hand may rest on the glass";
}

TEST_F(AContact, that_moves_while_another_comes_and_goes_stays_the_one) {
  down(1, 100, 0ms);
  down(2, 500, 2s);
  move(1, 101, 2050ms);
  up(2, 500, 2100ms);
  up(1, 101, 2200ms);
  EXPECT_EQ(seen_.back().x, 101);
}

TEST_F(AContact, is_over_when_the_window_becomes_another) {
  down(1, 100, 0ms);
  contact_.release(seen_);
  EXPECT_TRUE(lifted_for_nothing());
  down(2, 500, 100ms);
  up(2, 500, 200ms);
  EXPECT_EQ(seen_.back().x, 500);
  up(1, 100, 300ms);
  EXPECT_EQ(seen_.size(), 4U) << "its own lifting, if it is told after all, is nothing";
}

TEST_F(AContact, whose_lifting_was_lost_begins_anew) {
  down(1, 100, 0ms);
  down(1, 300, 1s);
  up(1, 300, 1100ms);
  EXPECT_EQ(seen_.back().x, 300);
}

}  // namespace
}  // namespace ui
