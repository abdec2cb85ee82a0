// Every screen on small and large panels, in the low layout, and from right to left.
#include <gmock/gmock.h>

#include <span>

#include "test_places.h"
#include "tests/ui/support.h"
#include "ui/kit/measures.h"
#include "ui/screens/gallery.h"
#include "ui/screens/kiosk_screen.h"
#include "ui/screens/reach.h"

namespace ui {
namespace {

constexpr int kMostPagesOfAPanel = 64;

struct Panel {
  const char* name;
  int width, height;
  double width_mm;
  double mounting_mm = 0;  // other than 0: in the low layout
  bool steady = false;     // for hands that tremble
};
constexpr Panel kPanels[] = {{"upright_32_inch", 1080, 1920, 398.5}, {"lying_32_inch", 1920, 1080, 708.4}};
constexpr Panel kSmall{"upright_15_inch", 1080, 1920, 194.3};
constexpr Panel kPlain{"upright", 1080, 1920, 268.0};
constexpr Panel kLow[] = {{"low_upright", 1080, 1920, 268.0, 700.0},
                          {"low_upright_32_inch", 1080, 1920, 398.5, 600.0},
                          {"low_lying", 1920, 1080, 476.4, 850.0}};

constexpr Panel kSteady[] = {{"steady_upright", 1080, 1920, 268.0, 0, true}, {"steady_lying", 1920, 1080, 476.4, 0, true}};

// Other scripts: from right to left, with signs around their letters, in columns (tests/ui/pseudo_languages.py).
constexpr const char* kPseudoLanguages[] = {"ar-XB", "ug-XB", "bo-XB", "hi-XB", "mn-XB"};

struct PanelSetting {
  Panel panel;
  kiosk::Language language;
  kiosk::TextStep step;
};

// What screens_test.cpp shows at every size on the panel in between holds where there is more room: one size of each language is
// enough there. In the low layout the two larger sizes are not asked for: some notices do not fit what a hand reaches from a
// wheelchair.
std::vector<PanelSetting> all_panel_settings() {
  std::vector<PanelSetting> settings;
  using enum kiosk::TextStep;
  const auto add = [&settings](std::span<const Panel> panels, std::initializer_list<const char*> languages,
                               kiosk::TextStep step = normal) {
    for (const Panel& panel : panels)
      for (const char* language : languages) settings.push_back({panel, language, step});
  };
  add(kPanels, {"zh", "zh-Hant", "en"});
  add(kLow, {"zh", "en"});
  add({&kSmall, 1}, {"zh"});
  add(kSteady, {"zh", "en"});
  add(kSteady, {"zh"}, largest);
  for (const char* language : kPseudoLanguages) add({&kPlain, 1}, {language});
  return settings;
}

std::string name_of_panel_setting(const testing::TestParamInfo<PanelSetting>& info) {
  std::string name = std::string(info.param.panel.name) + "_" + info.param.language;
  static constexpr const char* kSteps[] = {"_small", "", "_large", "_largest"};
  name += kSteps[static_cast<std::size_t>(info.param.step)];
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

const kiosk::Translations& words_in(const kiosk::Language& language) {
  static const kiosk::Translations pseudo(LINLI_BINARY_DIR "/tests/ui/pseudo");
  return language.ends_with("-XB") ? pseudo : translations();
}

const std::vector<kiosk::ServiceDefinition>& services_in(const kiosk::Language& language) {
  static const auto pseudo = kiosk::load_services(LINLI_SOURCE_DIR "/assets/services", &words_in(kPseudoLanguages[0])).services;
  return &words_in(language) == &translations() ? services() : pseudo;
}

class APanel : public testing::TestWithParam<PanelSetting> {
 protected:
  APanel() : screen_(typesetter(), words_in(GetParam().language), GetParam().panel.width_mm) {
    screen_.resize(canvas_.w, canvas_.h);
    screen_.mount(GetParam().panel.mounting_mm);
    for (Scene& scene : scenes_) {
      scene.state.language = GetParam().language;
      scene.state.text_step = GetParam().step;
      scene.state.low_layout = GetParam().panel.mounting_mm > 0;
      scene.state.steady = GetParam().panel.steady;
    }
  }

  void look() {
    EXPECT_THAT(screen_.kit().overflows(), testing::IsEmpty());
    const auto& nodes = screen_.tree().nodes();
    const bool curtain = screen_.tree().by_id("curtain") != nullptr;  // hides the others
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      EXPECT_TRUE(canvas_.contains(nodes[i].box)) << nodes[i].id;
      EXPECT_FALSE(nodes[i].box.empty()) << nodes[i].id;
      if (nodes[i].interactive()) press_size(nodes[i]);
      for (std::size_t j = i + 1; j < nodes.size() && !curtain; ++j) apart(nodes[i], nodes[j]);
    }
  }

  void press_size(const SemanticNode& node) {
    const double least = steady() ? kSteadyTarget : kSmallestTarget;
    EXPECT_GE(node.box.w, screen_.kit().px(least)) << node.id;
    EXPECT_GE(node.box.h, screen_.kit().px(std::max(least, node.role == Role::choice ? kSmallestChoice : 0))) << node.id;
    const Panel& panel = GetParam().panel;
    if (panel.mounting_mm <= 0) return;
    const double scale = panel.width / panel.width_mm;
    const auto above_floor = [&](int y) { return panel.mounting_mm + (panel.height - y) / scale; };
    EXPECT_LE(above_floor(node.box.y), kHighestReach + 0.01) << node.id;
    EXPECT_GE(above_floor(node.box.bottom()), kLowestReach - 0.01) << node.id;
  }

  void apart(const SemanticNode& one, const SemanticNode& other) {
    const Box& a = one.box;
    const Box& b = other.box;
    const int gap = std::max({a.x - b.right(), b.x - a.right(), a.y - b.bottom(), b.y - a.bottom()});
    const bool both = one.interactive() && other.interactive();
    EXPECT_GE(gap, both ? screen_.kit().px(steady() ? kSteadyGap : kLeastGap) : 0) << one.id << " and " << other.id;
  }

  // What only the staff press keeps its size.
  bool steady() const { return GetParam().panel.steady && !staff_; }

  static bool is_last(const std::string& value) {
    const std::size_t slash = value.find('/');
    return value.substr(0, slash) == value.substr(slash + 1);
  }

  bool staff_ = false;
  Box canvas_{0, 0, GetParam().panel.width, GetParam().panel.height};
  const std::vector<kiosk::ServiceDefinition>& services_ = services_in(GetParam().language);
  std::vector<Scene> scenes_ = all_scenes(services_);
  KioskScreen screen_;
};

TEST_P(APanel, holds_every_screen_whole_and_within_reach) {
  for (const Scene& scene : scenes_) {
    staff_ = scene.name.starts_with("staff");
    const VisitView view = scene.view(hall(), services_);
    begin_scene(screen_, scene, view);
    for (int page = 0; page < kMostPagesOfAPanel; ++page) {
      screen_.handle({}, view, gallery_moment());
      SCOPED_TRACE(scene.name + " page " + std::to_string(page + 1));
      look();
      const SemanticNode* more = screen_.tree().find("more");
      if (more == nullptr || is_last(more->value)) break;
      ASSERT_TRUE(screen_.press("more", view, gallery_moment()));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Panels, APanel, testing::ValuesIn(all_panel_settings()), name_of_panel_setting);

TEST(TheLowLayout, is_not_offered_when_the_height_is_unknown_or_too_little_is_in_reach) {
  EXPECT_FALSE(reach_of({1080, 1920}, 268.0, 0).possible);
  EXPECT_TRUE(reach_of({1080, 1920}, 268.0, 700).possible);
  EXPECT_FALSE(reach_of({1080, 1920}, 268.0, 1000).possible);  // 100 mm of the picture are below 1 100
  EXPECT_FALSE(reach_of({1920, 1080}, 345.4, 950).possible);
}

}  // namespace
}  // namespace ui
