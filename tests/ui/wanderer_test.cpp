// Somebody who presses anywhere and strikes any key, for hours, through the touch pipeline, while devices answer when they like.
// Wherever that leads, nothing is cut off and the start can be reached by presses on what the page shows.
//
// LINLI_SEED and LINLI_WANDER_HOURS change the walk, to repeat a failure or for a soak.
#include <gmock/gmock.h>

#include <cstdlib>
#include <deque>
#include <set>

#include "tests/support/local_moment.h"
#include "tests/ui/restless_hall.h"
#include "tests/ui/support.h"
#include "ui/contact.h"
#include "ui/screens/kiosk_screen.h"

namespace ui {
namespace {

using kiosk::Overlay;
using kiosk::Stage;
using namespace std::chrono_literals;

constexpr std::size_t kRemembered = 40;  // actions, for the story of a failure
constexpr int kMostPressesHome = 40;
constexpr auto kLongestWayHome = 10min;

std::uint64_t wanderer_setting(const char* name, std::uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

struct Seen {
  std::set<Stage> stages;
  std::set<Overlay> overlays;
  std::set<kiosk::Language> languages;
  std::set<kiosk::TextStep> steps;
  bool curtain = false;
  bool start_over = false;
  bool low = false;
};

class Wanderer {
 public:
  explicit Wanderer(std::uint64_t seed) : random_(seed), ids_random_(seed) {
    screen_.resize(canvas_.w, canvas_.h);
    screen_.mount(720.0);  // so that the low layout can be had
    carry_out(visit_.start());
    wait(2s);
  }

  void wander(std::chrono::hours hours) {
    const base::Instant end = clock_.now() + hours;
    while (clock_.now() < end && !testing::Test::HasFailure()) {
      const std::size_t actions = 1 + devices_.below(60);
      for (std::size_t i = 0; i < actions && !testing::Test::HasFailure(); ++i) act();
      if (!testing::Test::HasFailure()) go_home();
    }
  }

  const Seen& seen() const { return seen_; }
  int ways_home() const { return ways_home_; }
  std::string story() const {
    std::string all;
    for (const auto& line : story_) all += "\n" + line;
    return all;
  }

 private:
  // The clock goes on; whatever is due on the way happens.
  void wait(std::chrono::nanoseconds span) {
    const base::Instant until = clock_.now() + span;
    for (;;) {
      const base::Instant deadline = visit_.deadline().value_or(base::Instant::max());
      const base::Instant due = std::min(deadline, devices_.next());
      if (due > until) break;
      if (due > clock_.now()) clock_.advance(due - clock_.now());
      if (deadline <= devices_.next())
        happens(kiosk::TimePassed{});
      else
        happens(devices_.take());
    }
    clock_.advance(until - clock_.now());
  }

  void happens(kiosk::Event event) { carry_out(visit_.handle(std::move(event), now())); }

  void carry_out(const kiosk::Commands& commands) {
    for (const auto& command : commands)
      if (std::holds_alternative<kiosk::ForgetEverything>(command)) screen_.forget();
    devices_.carry_out(commands);
  }

  kiosk::Moment now() const { return test_support::local_moment(clock_); }

  void hear(const std::vector<PointerTransition>& transitions) {
    for (const PointerTransition& each : transitions)
      for (auto& event : screen_.handle(each, visit_, now())) happens(std::move(event));
  }

  std::chrono::milliseconds ticks() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(clock_.now().time_since_epoch());
  }

  void touch(int x, int y, int to_x, int to_y) {
    std::vector<PointerTransition> heard;
    contact_.down(1, x, y, ticks(), heard);
    hear(heard);
    wait(150ms);
    heard.clear();
    if (x != to_x || y != to_y) contact_.move(1, to_x, to_y, ticks(), heard);
    wait(std::chrono::milliseconds(devices_.below(250)));
    contact_.up(1, to_x, to_y, ticks(), heard);
    hear(heard);
  }
  void touch_in(const Box& box) {
    const int x = box.x + static_cast<int>(devices_.below(static_cast<std::size_t>(box.w)));
    const int y = box.y + static_cast<int>(devices_.below(static_cast<std::size_t>(box.h)));
    touch(x, y, x, y);
  }

  void act() {
    const std::size_t lot = devices_.below(20);
    if (lot < 8) {
      note("anywhere");
      touch_in(canvas_);
    } else if (lot < 15) {
      const auto open = pressable();
      if (open.empty()) return wait(1s);
      const SemanticNode& node = *open[devices_.below(open.size())];
      note(node.id);
      touch_in(Box(node.box));
    } else if (lot < 16) {
      note("smear");
      touch(roll(canvas_.w), roll(canvas_.h), roll(canvas_.w), roll(canvas_.h));
    } else {
      const auto key = static_cast<Key>(devices_.below(kKeyCount));
      note(std::string(key_name(key)));
      for (auto& event : screen_.take(key, visit_, now())) happens(std::move(event));
    }
    devices_.stir();
    let_time_pass();
    look();
  }

  int roll(int bound) { return static_cast<int>(devices_.below(static_cast<std::size_t>(bound))); }

  void let_time_pass() {
    const std::size_t lot = devices_.below(100);
    wait(std::chrono::milliseconds(lot < 90   ? 300 + devices_.below(3000)
                                   : lot < 98 ? devices_.below(30'000)
                                              : devices_.below(400'000)));
  }

  // What is on the screen now; whole, and with a name.
  void look() {
    for (auto& event : screen_.handle({}, visit_, now())) happens(std::move(event));
    const kiosk::VisitState& state = visit_.state();
    seen_.stages.insert(state.stage);
    seen_.overlays.insert(state.overlay);
    seen_.languages.insert(state.language);
    seen_.steps.insert(state.text_step);
    seen_.low = seen_.low || state.low_layout;
    seen_.curtain = seen_.curtain || state.voice.curtain;
    seen_.start_over = seen_.start_over || screen_.tree().by_id("keep") != nullptr;
    EXPECT_FALSE(screen_.tree().title().empty()) << screen_.page();
    EXPECT_THAT(screen_.kit().overflows(), testing::IsEmpty()) << screen_.page() << " in " << state.language;
  }

  std::vector<const SemanticNode*> pressable() const {
    std::vector<const SemanticNode*> found;
    for (const SemanticNode& node : screen_.tree().nodes())
      if (node.interactive() && !node.disabled) found.push_back(&node);
    return found;
  }

  bool at_home() const {
    const kiosk::VisitState& state = visit_.state();
    return state.stage == Stage::welcome && state.overlay == Overlay::none && !state.voice.curtain;
  }

  // What somebody presses who wants to leave: the first of these that the page has.
  const SemanticNode* way_out() const {
    for (const char* id : {"curtain", "clear", "confirm-start-over", "start-over", "next", "back"})
      if (const SemanticNode* node = screen_.tree().by_id(id); node != nullptr && !node->disabled) return node;
    return nullptr;
  }

  void go_home() {
    const base::Instant began = clock_.now();
    look();
    for (int presses = 0; !at_home() && presses < kMostPressesHome && clock_.now() - began < kLongestWayHome;) {
      if (visit_.state().stage == Stage::take_card) devices_.lift_card();
      if (const SemanticNode* node = way_out()) {
        note("home by " + node->id);
        const Box box = node->box;
        touch(box.x + box.w / 2, box.y + box.h / 2, box.x + box.w / 2, box.y + box.h / 2);
        ++presses;
      }
      wait(2s);  // also where the machine works and nobody can leave yet
      look();
    }
    EXPECT_TRUE(at_home()) << "no way home from " << screen_.page();
    ++ways_home_;
  }

  void note(const std::string& what) {
    story_.push_back(screen_.page() + ": " + what);
    if (story_.size() > kRemembered) story_.pop_front();
  }

  test_support::FakeClock clock_;
  std::mt19937_64 random_;
  base::SeededRandom ids_random_;
  base::UuidSource ids_{clock_, ids_random_};
  kiosk::Hall hall_{"和平社区便民服务大厅", "Heping Community Service Hall", "HP-03", "12345", "zh", true};
  kiosk::Visit visit_{hall_, services(), translations(), ids_};
  RestlessHall devices_{clock_, random_};
  Contact contact_;
  Box canvas_{0, 0, 1080, 1920};
  KioskScreen screen_{typesetter(), translations(), 268.0};
  std::deque<std::string> story_;
  Seen seen_;
  int ways_home_ = 0;
};

TEST(AWanderer, gets_home_from_everywhere) {
  const std::uint64_t seed = wanderer_setting("LINLI_SEED", 20261128);
  const std::uint64_t hours = wanderer_setting("LINLI_WANDER_HOURS", 3);
  RecordProperty("seed", std::to_string(seed));
  Wanderer wanderer(seed);
  wanderer.wander(std::chrono::hours(hours));
  SCOPED_TRACE("seed " + std::to_string(seed) + wanderer.story());
  EXPECT_FALSE(HasFailure());
  EXPECT_GT(wanderer.ways_home(), 20);
  const Seen& seen = wanderer.seen();
  for (const Stage stage : {Stage::services, Stage::identify, Stage::question, Stage::status, Stage::windows, Stage::ticket})
    EXPECT_TRUE(seen.stages.contains(stage)) << "never on stage " << static_cast<int>(stage);
  for (const Overlay overlay : {Overlay::help, Overlay::voice, Overlay::keys})
    EXPECT_TRUE(seen.overlays.contains(overlay)) << "never on page " << static_cast<int>(overlay);
  EXPECT_EQ(seen.languages.size(), translations().languages().size());
  EXPECT_EQ(seen.steps.size(), 4U);
  EXPECT_TRUE(seen.curtain);
  EXPECT_TRUE(seen.start_over);
  EXPECT_TRUE(seen.low);
  std::cout << "proof: " << hours << " hours of presses at random, " << wanderer.ways_home() << " ways home\n";
}

}  // namespace
}  // namespace ui
