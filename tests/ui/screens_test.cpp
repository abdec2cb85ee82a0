// Every page of every screen × language × text size × orientation, looked at through the semantic tree. The theme is no factor
// here: EveryTheme (theme_test.cpp) shows that it moves nothing. Contrast is its matter alone, and measured there.
#include <gmock/gmock.h>

#include <functional>
#include <map>
#include <memory>
#include <set>

#include "tests/ui/support.h"
#include "ui/kit/measures.h"
#include "ui/screens/gallery.h"
#include "ui/screens/kiosk_screen.h"

namespace ui {
namespace {

constexpr int kMostPagesOfAScene = 24;
constexpr double kRunningSpacing = 1.5;     // WCAG 1.4.8
constexpr double kMostHanziInALine = 40.0;  // WCAG 1.4.8

struct Setting {
  kiosk::Language language;
  kiosk::TextStep step;
  bool landscape;
};

std::string name_of_setting(const testing::TestParamInfo<Setting>& info) {
  static constexpr const char* kSteps[] = {"small", "normal", "large", "largest"};
  std::string name =
      info.param.language + "_" + kSteps[static_cast<int>(info.param.step)] + (info.param.landscape ? "_landscape" : "_portrait");
  std::ranges::replace(name, '-', '_');
  return name;
}

std::vector<Setting> all_settings() {
  std::vector<Setting> settings;
  for (const char* language : {"zh", "zh-Hant", "en"})
    for (const auto step : {kiosk::TextStep::small, kiosk::TextStep::normal, kiosk::TextStep::large, kiosk::TextStep::largest})
      for (const bool landscape : {false, true}) settings.push_back({language, step, landscape});
  return settings;
}

// Plain words in more than one line.
struct RunningText {
  std::string text;
  double spacing;  // between its lines, in em
  double length;   // that its lines may have, in hanzi
};

struct SeenPage {
  std::string name;  // of scene and page
  kiosk::Stage stage;
  bool covered;  // by a page over it, or by the question whether to start over
  bool curtain;  // nothing is to be seen but the way back
  SemanticTree tree;
  std::vector<std::string> drawn;      // texts
  std::vector<std::string> overflows;  // of them, those that did not fit
  std::vector<std::string> shortened;
  std::vector<RunningText> running;
};

struct Walk {
  std::unique_ptr<KioskScreen> screen;
  std::vector<SeenPage> pages;
};

bool is_last(const std::string& value) {
  const std::size_t slash = value.find('/');
  return value.substr(0, slash) == value.substr(slash + 1);
}

void note(SeenPage& seen, const Kit::DrawnText& drawn) {
  const typeset::TextStyle& style = drawn.style;
  if (style.face != typeset::Face::text) return;
  seen.drawn.emplace_back(drawn.text);
  const bool lines = drawn.image.height() > 1.5 * style.em_px * style.line_spacing;
  if (lines && style.weight == typeset::Weight::regular)
    seen.running.push_back({std::string(drawn.text), style.line_spacing, style.wrap_px / style.em_px});
}

void walk_scene(Walk& walk, const Scene& scene) {
  KioskScreen& screen = *walk.screen;
  const VisitView view = scene.view(hall(), services());
  begin_scene(screen, scene, view);
  const bool covered = scene.state.overlay != kiosk::Overlay::none || !scene.press.empty();
  for (int page = 0; page < kMostPagesOfAScene; ++page) {
    SeenPage seen{scene.name + " page " + std::to_string(page + 1),
                  scene.state.stage,
                  covered,
                  scene.state.voice.curtain,
                  {},
                  {},
                  {},
                  {},
                  {}};
    screen.watch_texts([&seen](const Kit::DrawnText& drawn) { note(seen, drawn); });
    screen.handle({}, view, gallery_moment());
    screen.watch_texts({});
    seen.tree = screen.tree();
    seen.overflows = screen.kit().overflows();
    seen.shortened = screen.kit().shortened();
    walk.pages.push_back(std::move(seen));
    const SemanticNode* more = screen.tree().find("more");
    if (more == nullptr || is_last(more->value)) return;
    ASSERT_TRUE(screen.press("more", view, gallery_moment()));
  }
  FAIL() << "too many pages: " << scene.name;
}

// All pages of a setting, drawn once for all tests of this program.
const Walk& walk_of(const Setting& setting) {
  static std::map<std::string, Walk> walks;
  Walk& walk = walks[setting.language + std::to_string(static_cast<int>(setting.step)) + (setting.landscape ? "l" : "p")];
  if (walk.screen) return walk;
  walk.screen = std::make_unique<KioskScreen>(typesetter(), translations(), setting.landscape ? 476.4 : 268.0);
  walk.screen->show_words(false);  // they are laid out all the same
  walk.screen->resize(setting.landscape ? 1920 : 1080, setting.landscape ? 1080 : 1920);
  for (Scene& scene : all_scenes(services())) {
    scene.state.language = setting.language;
    scene.state.text_step = setting.step;
    walk_scene(walk, scene);
  }
  return walk;
}

class EveryScreen : public testing::TestWithParam<Setting> {
 protected:
  void each_page(const std::function<void(const SeenPage&)>& look) const {
    for (const SeenPage& page : walk_.pages) {
      SCOPED_TRACE(page.name);
      look(page);
    }
  }

  static std::vector<const SemanticNode*> pressable(const SeenPage& page) {
    std::vector<const SemanticNode*> nodes;
    for (const SemanticNode& node : page.tree.nodes())
      if (node.interactive()) nodes.push_back(&node);
    return nodes;
  }
  int px(double mm) const { return walk_.screen->kit().px(mm); }

  Box canvas_ = GetParam().landscape ? Box{0, 0, 1920, 1080} : Box{0, 0, 1080, 1920};
  const Walk& walk_ = walk_of(GetParam());
};

TEST_P(EveryScreen, lies_inside_the_panel) {
  each_page([this](const SeenPage& page) {
    for (const SemanticNode& node : page.tree.nodes()) {
      EXPECT_TRUE(canvas_.contains(node.box)) << node.id;
      EXPECT_FALSE(node.box.empty()) << node.id;
    }
  });
}

TEST_P(EveryScreen, can_be_hit_by_an_unsteady_finger) {
  each_page([this](const SeenPage& page) {
    for (const SemanticNode* node : pressable(page)) {
      EXPECT_GE(node->box.w, px(kSmallestTarget)) << node->id;
      EXPECT_GE(node->box.h, px(node->role == Role::choice ? kSmallestChoice : kSmallestTarget)) << node->id;
    }
    if (!page.curtain) return;
    EXPECT_GE(page.tree.by_id("curtain")->box.w, px(5 * kSmallestTarget));
    EXPECT_GE(page.tree.by_id("curtain")->box.h, px(2 * kSmallestTarget));
  });
}

TEST_P(EveryScreen, keeps_its_targets_apart) {
  each_page([this](const SeenPage& page) {
    const auto nodes = pressable(page);
    for (std::size_t i = 0; i < nodes.size(); ++i)
      for (std::size_t j = i + 1; j < nodes.size(); ++j) {
        const Box& a = nodes[i]->box;
        const Box& b = nodes[j]->box;
        const int gap = std::max({a.x - b.right(), b.x - a.right(), a.y - b.bottom(), b.y - a.bottom()});
        EXPECT_GE(gap, px(kLeastGap)) << nodes[i]->id << " and " << nodes[j]->id;
      }
  });
}

TEST_P(EveryScreen, never_lets_words_and_targets_cover_each_other) {
  each_page([this](const SeenPage& page) {
    if (page.curtain) return;
    const auto& nodes = page.tree.nodes();
    for (std::size_t i = 0; i < nodes.size(); ++i)
      for (std::size_t j = i + 1; j < nodes.size(); ++j)
        EXPECT_FALSE(overlap(nodes[i].box, nodes[j].box)) << nodes[i].id << " and " << nodes[j].id;
  });
}

TEST_P(EveryScreen, shows_every_text_whole) {
  each_page([](const SeenPage& page) {
    EXPECT_THAT(page.overflows, testing::IsEmpty());
    EXPECT_THAT(page.shortened, testing::IsEmpty());
  });
}

// What stands on a button, a choice or a tile, or names a field, is a label and no running text.
bool names_a_control(const SemanticTree& tree, const std::string& text) {
  return std::ranges::any_of(tree.nodes(), [&](const SemanticNode& node) {
    return (node.interactive() || node.role == Role::field) && (node.label == text || node.hint == text || node.value == text);
  });
}

TEST_P(EveryScreen, has_room_between_the_lines_of_running_text_and_at_most_forty_hanzi_in_one) {
  long paragraphs = 0;
  each_page([&](const SeenPage& page) {
    for (const RunningText& running : page.running) {
      if (names_a_control(page.tree, running.text)) continue;
      ++paragraphs;
      EXPECT_GE(running.spacing, kRunningSpacing) << running.text;
      EXPECT_LE(running.length, kMostHanziInALine) << running.text;
    }
  });
  EXPECT_GT(paragraphs, 5);
}

TEST_P(EveryScreen, names_everything) {
  each_page([this](const SeenPage& page) {
    EXPECT_FALSE(page.tree.title().empty());
    std::set<std::string> ids;
    for (const SemanticNode& node : page.tree.nodes()) {
      EXPECT_FALSE(node.label.empty()) << node.id;
      EXPECT_FALSE(node.language.empty()) << node.id;
      EXPECT_TRUE(ids.insert(node.id).second) << node.id << " stands twice";
    }
  });
}

// A text may stand in its node in part: "5" of the step bar is drawn as "Step 5 of 7".
bool is_said(const SemanticTree& tree, std::string_view text) {
  return std::ranges::any_of(tree.nodes(), [text](const SemanticNode& node) {
    return node.label.find(text) != std::string::npos || node.value.find(text) != std::string::npos ||
           node.hint.find(text) != std::string::npos;
  });
}

TEST_P(EveryScreen, shows_no_words_that_cannot_be_heard) {
  each_page([](const SeenPage& page) {
    for (const std::string& text : page.drawn) EXPECT_TRUE(is_said(page.tree, text)) << text;
  });
}

TEST_P(EveryScreen, is_read_page_first_and_header_last) {
  each_page([this](const SeenPage& page) {
    const auto order = page.tree.reading_order();
    EXPECT_EQ(order.front()->zone, Zone::page);
    const bool headed = std::ranges::any_of(order, [](const SemanticNode* node) { return node->zone == Zone::header; });
    EXPECT_EQ(order.back()->zone == Zone::header, headed);  // the resting page may have none
  });
}

TEST_P(EveryScreen, has_back_help_and_next_in_one_order_and_place) {
  std::map<std::string, Box> places;
  each_page([&](const SeenPage& page) {
    if (page.covered) return;
    const bool start = page.stage == kiosk::Stage::welcome;  // has no footer
    for (const SemanticNode* node : pressable(page)) {
      const bool fixed = node->id == "help" || node->id == "back" || node->id == "next" || node->id == "text-size";
      if (!fixed || start) continue;
      EXPECT_EQ(places.try_emplace(node->id, node->box).first->second, node->box) << node->id;
    }
  });
  EXPECT_LT(places.at("back").x, places.at("help").x);
  EXPECT_LT(places.at("help").x, places.at("next").x);
  EXPECT_EQ(places.at("back").y, places.at("next").y);
}

TEST_P(EveryScreen, has_help_one_press_away) {
  each_page([this](const SeenPage& page) {
    // The start has it on its own page when it was cut; "all is cleared" goes back to the start at any touch.
    const bool start = page.stage == kiosk::Stage::welcome || page.stage == kiosk::Stage::wiped;
    if (page.covered || start) return;
    EXPECT_NE(page.tree.find("help"), nullptr);
  });
}

TEST_P(EveryScreen, has_at_most_six_choices_and_twelve_keys) {
  each_page([this](const SeenPage& page) {
    long choices = 0;
    long tiles = 0;  // services, categories, and what stands among them
    for (const SemanticNode* node : pressable(page)) {
      choices += node->role == Role::choice ? 1 : 0;
      tiles += page.stage == kiosk::Stage::services && !page.covered && node->zone == Zone::page ? 1 : 0;
    }
    EXPECT_LE(choices, 6);
    EXPECT_LE(tiles, 6 + 1) << "and the one that turns the page";
  });
}

INSTANTIATE_TEST_SUITE_P(Screens, EveryScreen, testing::ValuesIn(all_settings()), name_of_setting);

std::string title_of(KioskScreen& screen, const Scene& scene) {
  screen.handle({}, scene.view(hall(), services()), gallery_moment());
  return std::string(screen.tree().title());
}

TEST(Titles, tell_the_stages_apart) {
  KioskScreen screen(typesetter(), translations(), 268.0);
  std::map<std::string, std::string> seen;
  for (Scene& scene : all_scenes(services())) {
    scene.state.language = "en";
    const bool covered = scene.state.overlay != kiosk::Overlay::none;  // by a page that is the same over every stage
    const std::string page = covered ? "over/" + std::to_string(static_cast<int>(scene.state.overlay))
                                     : std::to_string(static_cast<int>(scene.state.stage)) + "/" +
                                           (scene.question != nullptr ? scene.question->id : std::string());
    const auto [other, fresh] = seen.try_emplace(title_of(screen, scene), page);
    EXPECT_TRUE(fresh || other->second == page) << scene.name;
  }
}

}  // namespace
}  // namespace ui
