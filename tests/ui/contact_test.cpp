#include "ui/contact.h"

#include <gtest/gtest.h>

namespace ui {
namespace {

TEST(AContact, is_the_first_finger_until_it_lifts) {
  Contact contact;
  std::vector<PointerTransition> seen;
  contact.down(7, 10, 10, seen);
  contact.down(8, 90, 90, seen);  // a palm
  contact.up(8, 90, 90, seen);
  contact.up(7, 11, 11, seen);
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_TRUE(seen[0].down);
  EXPECT_EQ(seen[1].x, 11);
  EXPECT_FALSE(seen[1].down);
}

TEST(AContact, ignores_a_mouse_that_only_moves) {
  Contact contact;
  std::vector<PointerTransition> seen;
  contact.move(Contact::kMouse, 10, 10, seen);
  EXPECT_TRUE(seen.empty());
}

TEST(AContact, keeps_where_it_went_down_and_the_last_place_of_a_slide) {
  Contact contact;
  std::vector<PointerTransition> seen;
  contact.down(Contact::kMouse, 1, 1, seen);
  for (int i = 2; i < 50; ++i) contact.move(Contact::kMouse, i, i, seen);
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0].x, 1);
  EXPECT_EQ(seen[1].x, 49);
}

}  // namespace
}  // namespace ui
