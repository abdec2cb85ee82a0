// A press can be seen for 150 ms, however short it was (facts: accessibility A19): measured on pixels, by a clock of the test's.
#include "ui/screens/pressed_look.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/ui/support.h"
#include "ui/screens/gallery.h"
#include "ui/screens/kiosk_screen.h"

namespace ui {
namespace {

using namespace std::chrono_literals;

constexpr auto kShortTouch = 20ms;

Surface same_as(const Surface& surface) {
  Surface copy(surface.width(), surface.height());
  for (int y = 0; y < surface.height(); ++y) std::copy_n(surface.row(y), surface.width(), copy.row(y));
  return copy;
}

bool equal_in(const Surface& a, const Surface& b, const Box& box) {
  for (int y = box.y; y < box.bottom(); ++y)
    if (!std::equal(a.row(y) + box.x, a.row(y) + box.right(), b.row(y) + box.x)) return false;
  return true;
}

class AShortPress : public testing::Test {
 protected:
  VisitView view(std::string_view name) const { return std::ranges::find(scenes_, name, &Scene::name)->view(hall(), services()); }
  std::vector<Box> show(const VisitView& visit) { return screen_.draw(surface_, visit, now_); }
  // As it is when nobody has pressed anything for a while.
  void rest_on(const VisitView& visit) {
    show(visit);
    now_.instant += 2s;
    show(visit);
    resting_ = same_as(surface_);
  }
  // Down, seen, and up again, on the page that `before` is; what it does is up to the test.
  void tap(std::string_view id, const VisitView& before, std::chrono::milliseconds held = kShortTouch) {
    box_ = screen_.tree().by_id(id)->box;
    const PointerTransition down{box_.x + box_.w / 2, box_.y + box_.h / 2, true};
    screen_.handle(down, before, now_);
    show(before);
    began_ = now_.instant;
    now_.instant += held;
    screen_.handle({down.x, down.y, false}, before, now_);
  }
  void at(std::chrono::milliseconds after) { now_.instant = began_ + after; }
  bool looks_pressed() const { return !equal_in(surface_, resting_, box_); }

  std::vector<Scene> scenes_ = all_scenes(services());
  KioskScreen screen_{typesetter(), translations(), 268.0};
  Surface surface_{1080, 1920};
  Surface resting_{1080, 1920};
  kiosk::Moment now_ = gallery_moment();
  base::Instant began_ = now_.instant;
  Box box_;
};

TEST_F(AShortPress, is_seen_for_150_ms_where_the_page_stays) {
  const VisitView asked = view("question-phone");
  rest_on(asked);
  EXPECT_FALSE(screen_.deadline());
  tap("digit/5", asked);
  for (const auto time : {kShortTouch, 149ms}) {
    at(time);
    show(asked);
    EXPECT_TRUE(looks_pressed()) << time.count();
  }
  EXPECT_EQ(screen_.deadline(), began_ + 150ms);
  at(150ms);
  EXPECT_FALSE(show(asked).empty());
  EXPECT_FALSE(looks_pressed());
}

TEST_F(AShortPress, keeps_nothing_awake_afterwards) {
  const VisitView asked = view("question-phone");
  rest_on(asked);
  tap("digit/5", asked);
  at(150ms);
  show(asked);
  EXPECT_FALSE(screen_.deadline());
  EXPECT_TRUE(show(asked).empty());
}

TEST_F(AShortPress, does_at_once_what_it_does) {
  const VisitView asked = view("question-payout");
  const VisitView answered = view("question-payout-answered");
  rest_on(answered);
  const Surface chosen = same_as(surface_);
  rest_on(asked);
  tap("choice/payout/0", asked);
  EXPECT_FALSE(show(answered).empty()) << "the tick is there";
  EXPECT_TRUE(looks_pressed());
  EXPECT_TRUE(equal_in(surface_, chosen, screen_.tree().by_id("next")->box)) << "and the way on is open";
  at(150ms);
  show(answered);
  EXPECT_TRUE(equal_in(surface_, chosen, surface_.box()));
}

TEST_F(AShortPress, is_seen_before_the_page_that_it_leads_to) {
  const VisitView welcome = view("welcome");
  const VisitView listed = view("services");
  rest_on(welcome);
  tap("browse", welcome);
  const Surface pressed = same_as(surface_);
  EXPECT_TRUE(looks_pressed());
  for (const auto time : {kShortTouch, 149ms}) {
    at(time);
    EXPECT_TRUE(show(listed).empty()) << time.count();
    EXPECT_TRUE(equal_in(surface_, pressed, surface_.box())) << time.count();
  }
  EXPECT_EQ(screen_.deadline(), began_ + 150ms);
  at(150ms);
  EXPECT_FALSE(show(listed).empty());
  EXPECT_FALSE(equal_in(surface_, pressed, surface_.box()));
  EXPECT_FALSE(screen_.deadline());
}

// What is not yet to be seen is not yet to be pressed.
TEST_F(AShortPress, lets_the_next_page_be_pressed_300_ms_after_it_came) {
  const VisitView welcome = view("welcome");
  const VisitView listed = view("services");
  rest_on(welcome);
  tap("browse", welcome);
  show(listed);
  at(150ms);
  show(listed);
  at(449ms);
  const Box back = screen_.tree().by_id("back")->box;
  const auto touch = [&] {
    screen_.handle({back.x + back.w / 2, back.y + back.h / 2, true}, listed, now_);
    auto events = screen_.handle({back.x + back.w / 2, back.y + back.h / 2, false}, listed, now_);
    return !events.empty() && std::holds_alternative<kiosk::Back>(events.front());
  };
  EXPECT_FALSE(touch());
  at(450ms);
  EXPECT_TRUE(touch());
}

TEST_F(AShortPress, of_a_button_that_the_next_page_has_too_keeps_nobody_waiting) {
  const VisitView asked = view("question-payout-answered");
  const VisitView checked = view("check");
  rest_on(checked);
  const Surface other = same_as(surface_);
  rest_on(asked);
  tap("next", asked);
  EXPECT_FALSE(show(checked).empty());
  resting_ = same_as(other);
  EXPECT_TRUE(looks_pressed());
  EXPECT_TRUE(equal_in(surface_, other, screen_.tree().by_id("title")->box));
  at(150ms);
  show(checked);
  EXPECT_TRUE(equal_in(surface_, other, surface_.box()));
}

TEST_F(AShortPress, that_was_long_leads_on_at_once) {
  const VisitView welcome = view("welcome");
  rest_on(welcome);
  tap("browse", welcome, 400ms);
  EXPECT_FALSE(show(view("services")).empty());
}

TEST_F(AShortPress, holds_up_no_picture_that_was_lost) {
  const VisitView welcome = view("welcome");
  rest_on(welcome);
  tap("browse", welcome);
  screen_.repaint();
  EXPECT_FALSE(show(view("services")).empty());
  EXPECT_FALSE(screen_.deadline());
}

TEST_F(AShortPress, leaves_nothing_of_a_visit_that_is_over) {
  const VisitView check = view("check");
  rest_on(check);
  tap("next", check);
  screen_.forget();
  EXPECT_FALSE(show(view("welcome")).empty());
  EXPECT_FALSE(screen_.deadline());
}

TEST_F(AShortPress, by_a_key_is_seen_as_long) {
  const VisitView welcome = view("welcome");
  const VisitView listed = view("services");
  rest_on(welcome);
  while (screen_.focus() != "browse") {
    now_.instant += 1s;
    screen_.take(Key::move, welcome, now_);
  }
  now_.instant += 1s;
  show(welcome);
  resting_ = same_as(surface_);
  box_ = screen_.tree().by_id("browse")->box;
  began_ = now_.instant;
  EXPECT_FALSE(screen_.show_press(Key::down, welcome, now_)) << "only walks";
  ASSERT_TRUE(screen_.show_press(Key::select, welcome, now_));
  show(welcome);
  EXPECT_TRUE(looks_pressed());
  EXPECT_FALSE(screen_.take(Key::select, welcome, now_).empty());
  at(149ms);
  EXPECT_TRUE(show(listed).empty());
  at(150ms);
  EXPECT_FALSE(show(listed).empty());
}

TEST_F(AShortPress, by_a_key_that_is_refused_shows_nothing) {
  const VisitView asked = view("question-phone");
  rest_on(asked);
  screen_.take(Key::digit_5, asked, now_);
  now_.instant += 100ms;
  EXPECT_FALSE(screen_.show_press(Key::digit_5, asked, now_)) << "struck twice by a tremor";
  now_.instant += 200ms;
  EXPECT_TRUE(screen_.show_press(Key::digit_5, asked, now_));
}

}  // namespace
}  // namespace ui
