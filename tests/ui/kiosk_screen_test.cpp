#include "ui/screens/kiosk_screen.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "test_places.h"
#include "tests/ui/support.h"
#include "ui/screens/gallery.h"

namespace ui {
namespace {

using namespace std::chrono_literals;

class AScreen : public testing::Test {
 protected:
  const Scene& scene(std::string_view name) const {
    for (const Scene& each : scenes_)
      if (each.name == name) return each;
    ADD_FAILURE() << "no scene " << name;
    return scenes_.front();
  }
  VisitView view(std::string_view name) const { return scene(name).view(hall(), services()); }

  // Where the middle of a control is.
  PointerTransition at(std::string_view label_or_id, bool down) const {
    const SemanticNode* node = screen_.tree().find(label_or_id);
    if (node == nullptr) {
      ADD_FAILURE() << "no control " << label_or_id;
      return {};
    }
    return {node->box.x + node->box.w / 2, node->box.y + node->box.h / 2, down};
  }
  std::vector<kiosk::Event> tap(std::string_view id, const VisitView& visit) {
    const PointerTransition down = at(id, true);
    auto events = screen_.handle(down, visit, now_);
    for (auto& event : screen_.handle({down.x, down.y, false}, visit, now_)) events.push_back(std::move(event));
    return events;
  }
  void show(const VisitView& visit) { screen_.draw(surface_, visit, now_); }
  void wait(std::chrono::milliseconds time) { now_.instant += time; }

  std::vector<Scene> scenes_ = all_scenes(services());
  Surface surface_{1080, 1920};
  KioskScreen screen_{typesetter(), translations(), 268.0};
  kiosk::Moment now_ = gallery_moment();
};

template <class Event>
bool is_one(const std::vector<kiosk::Event>& events) {
  return events.size() == 1 && std::holds_alternative<Event>(events.front());
}

TEST_F(AScreen, turns_a_press_into_its_event) {
  const VisitView welcome = view("welcome");
  show(welcome);
  wait(1s);
  EXPECT_TRUE(is_one<kiosk::BrowseServices>(tap("browse", welcome)));
}

TEST_F(AScreen, says_that_somebody_is_there_when_nothing_is_hit) {
  const VisitView welcome = view("welcome");
  show(welcome);
  wait(1s);
  screen_.handle({540, 1500, true}, welcome, now_);
  EXPECT_TRUE(is_one<kiosk::Touched>(screen_.handle({540, 1500, false}, welcome, now_)));
}

TEST_F(AScreen, cancels_when_the_finger_slides_off) {
  const VisitView welcome = view("welcome");
  show(welcome);
  wait(1s);
  screen_.handle(at("browse", true), welcome, now_);
  screen_.handle({540, 1500, true}, welcome, now_);
  EXPECT_TRUE(is_one<kiosk::Touched>(screen_.handle({540, 1500, false}, welcome, now_)));
}

TEST_F(AScreen, takes_a_press_a_little_beside_a_button) {
  const VisitView welcome = view("welcome");
  show(welcome);
  wait(1s);
  const Box box = screen_.tree().find("browse")->box;
  screen_.handle({box.x + box.w / 2, box.bottom() + 12, true}, welcome, now_);  // 3 mm below
  EXPECT_TRUE(is_one<kiosk::BrowseServices>(screen_.handle({box.x + 30, box.bottom() + 8, false}, welcome, now_)));
}

TEST_F(AScreen, does_nothing_at_all_for_a_touch_that_is_none) {
  const VisitView welcome = view("welcome");
  show(welcome);
  wait(1s);
  screen_.handle(at("browse", true), welcome, now_);
  EXPECT_TRUE(screen_.handle(kLifted, welcome, now_).empty());
}

TEST_F(AScreen, ignores_a_press_that_comes_with_the_page) {
  show(view("welcome"));
  wait(1s);
  const VisitView listed = view("services");
  show(listed);
  wait(100ms);
  EXPECT_TRUE(is_one<kiosk::Touched>(tap("back", listed)));
  wait(300ms);
  EXPECT_TRUE(is_one<kiosk::Back>(tap("back", listed)));
}

TEST_F(AScreen, ignores_a_trembling_second_press) {
  const VisitView asked = view("question-payout");
  show(asked);
  wait(1s);
  EXPECT_TRUE(is_one<kiosk::ChooseOption>(tap("choice/payout/1", asked)));
  wait(200ms);
  EXPECT_TRUE(is_one<kiosk::Touched>(tap("choice/payout/1", asked)));
  wait(600ms);
  EXPECT_TRUE(is_one<kiosk::ChooseOption>(tap("choice/payout/1", asked)));
}

TEST_F(AScreen, lets_the_same_digit_follow_soon) {
  const VisitView typing = view("question-phone");
  show(typing);
  wait(1s);
  EXPECT_TRUE(is_one<kiosk::PressDigit>(tap("digit/0", typing)));
  wait(200ms);
  EXPECT_TRUE(is_one<kiosk::PressDigit>(tap("digit/0", typing)));
}

TEST_F(AScreen, acts_once_however_long_the_finger_stays) {
  const VisitView asked = view("question-payout-answered");
  show(asked);
  wait(1s);
  const PointerTransition down = at("next", true);
  std::vector<kiosk::Event> events = screen_.handle(down, asked, now_);
  for (int i = 0; i < 20; ++i) {
    wait(500ms);
    for (auto& event : screen_.handle(down, asked, now_)) events.push_back(std::move(event));
  }
  for (auto& event : screen_.handle({down.x, down.y, false}, asked, now_)) events.push_back(std::move(event));
  EXPECT_TRUE(is_one<kiosk::Next>(events));
}

TEST_F(AScreen, refuses_to_press_what_cannot_be_pressed) {
  EXPECT_FALSE(screen_.press("next", view("question-payout"), now_));
  EXPECT_FALSE(screen_.press("no such words", view("question-payout"), now_));
}

TEST_F(AScreen, finds_a_control_on_a_later_page) {
  Scene& largest = const_cast<Scene&>(scene("check"));
  largest.state.text_step = kiosk::TextStep::largest;
  const auto events = screen_.press("change/phone", largest.view(hall(), services()), now_);
  ASSERT_TRUE(events);
  EXPECT_TRUE(is_one<kiosk::ChangeAnswer>(*events));
}

// At every text size the same: the number of things decides, so none of them moves.
TEST_F(AScreen, shows_a_few_services_themselves_and_many_by_category) {
  for (const auto step : {kiosk::TextStep::small, kiosk::TextStep::largest}) {
    Scene& listed = *std::ranges::find(scenes_, "services", &Scene::name);
    listed.state.text_step = step;
    const VisitView many = listed.view(hall(), services());
    EXPECT_FALSE(screen_.press("service/senior-allowance", many, now_)) << "first its category";
    const auto chosen = screen_.press("category/money", many, now_).value_or(std::vector<kiosk::Event>());
    ASSERT_TRUE(is_one<kiosk::ChooseCategory>(chosen));
    EXPECT_EQ(std::get<kiosk::ChooseCategory>(chosen.front()).category, kiosk::Category::money);
    EXPECT_TRUE(screen_.press("service/meal-booking", many, now_)) << "alone in its category";
    auto five = kiosk::load_services(LINLI_SOURCE_DIR "/assets/services").services;
    five.erase(five.begin() + 5, five.end());
    const VisitView few = listed.view(hall(), five);
    EXPECT_FALSE(screen_.press("category/money", few, now_));
    EXPECT_TRUE(screen_.press("service/hardship-aid", few, now_));
  }
}

TEST_F(AScreen, asks_before_it_starts_over) {
  const VisitView asked = view("question-payout");
  EXPECT_TRUE(is_one<kiosk::Touched>(*screen_.press("start-over", asked, now_)));
  EXPECT_TRUE(is_one<kiosk::Touched>(*screen_.press("keep", asked, now_)));
  screen_.press("start-over", asked, now_);
  EXPECT_TRUE(is_one<kiosk::StartOver>(*screen_.press("confirm-start-over", asked, now_)));
}

TEST_F(AScreen, draws_nothing_when_nothing_changed) {
  const VisitView welcome = view("welcome");
  EXPECT_FALSE(screen_.draw(surface_, welcome, now_).empty());
  EXPECT_TRUE(screen_.draw(surface_, welcome, now_).empty());
}

TEST_F(AScreen, repaints_little_when_a_key_is_pressed) {
  const VisitView typing = view("question-phone");
  show(typing);
  wait(1s);
  screen_.handle(at("digit/5", true), typing, now_);
  long area = 0;
  for (const Box& box : screen_.draw(surface_, typing, now_)) area += static_cast<long>(box.w) * box.h;
  EXPECT_GT(area, 0);
  EXPECT_LT(area, 1080L * 1920 / 20);
}

TEST_F(AScreen, partial_repaints_give_the_picture_of_a_whole_one) {
  for (const Scene& each : scenes_) {
    show(each.view(hall(), services()));
    Surface fresh(1080, 1920);
    KioskScreen other(typesetter(), translations(), 268.0);
    other.draw(fresh, each.view(hall(), services()), now_);
    for (int y = 0; y < 1920; ++y)
      ASSERT_TRUE(std::equal(fresh.row(y), fresh.row(y) + 1080, surface_.row(y))) << each.name << " row " << y;
  }
}

TEST_F(AScreen, without_any_surface_waits_for_one) {
  const VisitView month = view("date-month");
  show(month);
  wait(1s);
  Surface none(0, 0);
  screen_.resize(0, 0, 268.0);
  EXPECT_TRUE(screen_.draw(none, month, now_).empty());
  EXPECT_TRUE(screen_.press("back", month, now_)) << "everything stays where it was";
}

TEST_F(AScreen, says_how_long_the_office_takes) {
  const VisitView receipt = view("receipt-received");
  show(receipt);
  const SemanticNode* promise = screen_.tree().by_id("promise");
  ASSERT_NE(promise, nullptr);
  EXPECT_NE(promise->label.find(std::to_string(receipt.session()->service->promise_days)), std::string::npos);
}

TEST_F(AScreen, shows_staff_what_touch_and_sound_lack) {
  Scene& staff = *std::ranges::find(scenes_, "staff", &Scene::name);
  staff.state.sound = base::Failure::sound_silent;
  std::set<std::string> seen;
  std::string words;
  for (int i = 0; i < 8; ++i) {
    const VisitView visit = staff.view(hall(), services());
    show(visit);
    for (const SemanticNode& node : screen_.tree().nodes()) {
      seen.insert(node.id);
      words += node.label + node.value + node.hint;
    }
    wait(1s);
    if (screen_.tree().by_id("more") != nullptr) screen_.press("more", visit, now_);
  }
  for (const char* part : {"part/reader", "part/printer", "part/touch", "part/sound", "part/others"})
    EXPECT_TRUE(seen.contains(part)) << part;
  for (const char* well : {"扫码器", "摄像头"}) EXPECT_NE(words.find(well), std::string::npos) << well;
  for (const char* code : {"SCREEN-002", "SOUND-001"}) EXPECT_NE(words.find(code), std::string::npos) << code;
}

TEST_F(AScreen, keeps_nothing_when_it_forgets) {
  show(view("check"));
  EXPECT_GT(screen_.kit().texts().images(), 0U);
  screen_.forget();
  EXPECT_EQ(screen_.kit().texts().images(), 0U);
  EXPECT_TRUE(screen_.tree().nodes().empty());
}

TEST_F(AScreen, never_tells_a_name_without_being_asked) {
  for (const Scene& each : scenes_) {
    show(each.view(hall(), services()));
    const std::string tree = screen_.tree().to_json().dump();
    EXPECT_EQ(tree.find("王秀兰"), std::string::npos) << each.name;
    EXPECT_EQ(tree.find("和平里"), std::string::npos) << each.name;
    EXPECT_EQ(tree.find("13800138000"), std::string::npos) << each.name;
    EXPECT_EQ(tree.find("138 0013 8000"), std::string::npos) << each.name;
  }
}

TEST_F(AScreen, stays_small_in_memory_over_every_screen_and_size) {
  for (const auto step : {kiosk::TextStep::small, kiosk::TextStep::normal, kiosk::TextStep::large, kiosk::TextStep::largest})
    for (Scene& each : scenes_) {
      each.state.text_step = step;
      show(each.view(hall(), services()));
      show(each.view(hall(), services()));
      ASSERT_LE(screen_.kit().texts().bytes(), kTextMemory);
    }
}

}  // namespace
}  // namespace ui
