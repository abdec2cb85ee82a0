// Every screen on small and large panels, in the low layout, and from right to left.
#include <gmock/gmock.h>

#include <span>

#include "test_places.h"
#include "tests/ui/pairs.h"
#include "tests/ui/support.h"
#include "ui/kit/measures.h"
#include "ui/screens/gallery.h"
#include "ui/screens/kiosk_screen.h"
#include "ui/screens/reach.h"

namespace ui {
namespace {

constexpr int kMostPagesOfAPanel = 64;
constexpr double kRoomForSteady = 200.0;  // mm of the shorter side; 15.6 inches have 194

enum class Posture : std::uint8_t { hung, low, steady };  // low: the low layout; steady: for hands that tremble

struct Panel {
  const char* name;
  int width, height;
  double width_mm;
  double mounting_mm;
};
// Hung as high as the low layout allows.
constexpr Panel kUprightPanel{"upright", 1080, 1920, 268.0, kHighestReach - kLeastReachPortrait};
constexpr Panel kLyingPanel{"lying", 1920, 1080, 476.4, kHighestReach - kLeastReachLandscape};
constexpr Panel kSmallPanels[] = {{"upright_15_inch", 1080, 1920, 194.3, 0}, {"lying_15_inch", 1920, 1080, 345.4, 0}};
constexpr Panel kLargePanels[] = {{"upright_32_inch", 1080, 1920, 398.5, 604}, {"lying_32_inch", 1920, 1080, 708.4, 785}};

using enum kiosk::TextStep;
constexpr kiosk::TextStep kAllSteps[] = {small, normal, large, largest};

// Every sentence three times; then other scripts: from right to left, with signs around their letters, in columns
// (tests/ui/pseudo_languages.py).
constexpr const char* kPseudoLanguages[] = {"xx", "ar-XB", "ug-XB", "bo-XB", "hi-XB", "mn-XB"};

struct PanelSetting {
  Panel panel;
  kiosk::Language language;
  kiosk::TextStep step;
  Posture posture;
};

// screens_test.cpp shows every language at every size on the panel in between. What makes pages low, long or turns them round
// meets every size there, too. The smallest panel has the smallest and the largest size in both languages; else the
// smallest and the largest meet every size, posture and language of theirs once in twos: all of them together would be 1 700
// settings.
std::vector<PanelSetting> all_panel_settings() {
  std::vector<PanelSetting> settings;
  for (const kiosk::TextStep step : kAllSteps) {
    for (const Panel& panel : std::array{kUprightPanel, kLyingPanel}) {
      for (const char* language : {"zh", "en"}) settings.push_back({panel, language, step, Posture::low});
      settings.push_back({panel, "xx", step, Posture::hung});
    }
    const bool even = step == small || step == large;
    settings.push_back({even ? kUprightPanel : kLyingPanel, "zh-Hant", step, Posture::low});
    settings.push_back({even ? kLyingPanel : kUprightPanel, "ar-XB", step, Posture::hung});
  }
  constexpr const char* kOwnLanguages[] = {"zh", "en"};
  const auto add = [&](std::span<const Panel> panels, std::initializer_list<Posture> postures) {
    const std::vector<Posture> all(postures);
    for (const auto& [panel, language, step, posture] : pairs_of(std::array{2, 2, 4, static_cast<int>(all.size())}))
      settings.push_back({panels[static_cast<std::size_t>(panel)], kOwnLanguages[language], kAllSteps[step],
                          all[static_cast<std::size_t>(posture)]});
  };
  for (const char* language : kOwnLanguages) {
    for (const Panel& panel : kSmallPanels)
      for (const kiosk::TextStep step : {small, largest}) settings.push_back({panel, language, step, Posture::hung});
    const bool chinese = language == kOwnLanguages[0];
    settings.push_back({kSmallPanels[chinese ? 0 : 1], language, normal, Posture::hung});
    settings.push_back({kSmallPanels[chinese ? 1 : 0], language, large, Posture::hung});
  }
  add(kLargePanels, {Posture::hung, Posture::low, Posture::steady});
  add(std::array{kUprightPanel, kLyingPanel}, {Posture::steady});
  for (const char* language : {"ug-XB", "bo-XB", "hi-XB", "mn-XB"})
    settings.push_back({kUprightPanel, language, normal, Posture::hung});
  return settings;
}

std::string name_of_panel_setting(const testing::TestParamInfo<PanelSetting>& info) {
  static constexpr const char* kPostures[] = {"", "_low", "_steady"};
  static constexpr const char* kSteps[] = {"_small", "", "_large", "_largest"};
  std::string name = info.param.panel.name;
  name += kPostures[static_cast<std::size_t>(info.param.posture)];
  name += "_" + info.param.language;
  name += kSteps[static_cast<std::size_t>(info.param.step)];
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

bool is_pseudo(const kiosk::Language& language) { return language == "xx" || language.ends_with("-XB"); }

const kiosk::Translations& words_in(const kiosk::Language& language) {
  static const kiosk::Translations pseudo(LINLI_BINARY_DIR "/tests/ui/pseudo");
  return is_pseudo(language) ? pseudo : translations();
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
    screen_.show_words(false);  // they are laid out all the same
    for (Scene& scene : scenes_) {
      scene.state.language = GetParam().language;
      scene.state.text_step = GetParam().step;
      scene.state.low_layout = GetParam().posture == Posture::low;
      scene.state.steady = GetParam().posture == Posture::steady;
    }
  }

  void look() {
    EXPECT_THAT(screen_.kit().overflows(), testing::IsEmpty());
    if (GetParam().language != "xx") {
      EXPECT_THAT(screen_.kit().shortened(), testing::Each(testing::AnyOf(hall().name_zh, hall().name_en)));
    }
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
    if (GetParam().posture != Posture::low) return;
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
  bool steady() const {
    return GetParam().posture == Posture::steady && std::min(panel_mm(), GetParam().panel.width_mm) > kRoomForSteady && !staff_;
  }
  static double panel_mm() { return GetParam().panel.width_mm * GetParam().panel.height / GetParam().panel.width; }

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

// What a display is may be told wrongly (EDID) and change while it runs; the configuration refuses what nobody builds
// (configuration_test.cpp). Nothing fits on these, but nothing ends either, and every page has its name.
TEST(APictureOfAnySize, is_drawn) {
  struct Picture {
    int width, height;
    double width_mm;
  };
  constexpr Picture kAbsurd[] = {{1, 1, 268}, {64, 4096, 268}, {4096, 64, 476}, {640, 480, 3000}, {1024, 768, 50}};
  constexpr std::size_t kEachScene = 6;  // of so many: the sizes meet all kinds of pages together
  std::vector<Scene> scenes = all_scenes(services());
  std::size_t first = 0;
  for (const auto& [width, height, width_mm] : kAbsurd) {
    KioskScreen screen(typesetter(), translations(), width_mm);
    screen.show_words(false);
    screen.resize(width, height);
    screen.mount(720);
    for (std::size_t i = first++; i < scenes.size(); i += kEachScene) {
      scenes[i].state.language = "en";
      scenes[i].state.low_layout = i % 2 == 0;
      const VisitView view = scenes[i].view(hall(), services());
      begin_scene(screen, scenes[i], view);
      screen.handle({}, view, gallery_moment());
      EXPECT_FALSE(screen.tree().title().empty()) << scenes[i].name << " on " << width << " × " << height;
    }
  }
}

TEST(TheLowLayout, is_not_offered_when_the_height_is_unknown_or_too_little_is_in_reach) {
  EXPECT_FALSE(reach_of({1080, 1920}, 268.0, 0).possible);
  EXPECT_TRUE(reach_of({1080, 1920}, 268.0, 820).possible);
  EXPECT_FALSE(reach_of({1080, 1920}, 268.0, 821).possible);  // less than 280 mm of the picture are below 1 100
  EXPECT_TRUE(reach_of({1920, 1080}, 476.4, 870).possible);
  EXPECT_FALSE(reach_of({1920, 1080}, 476.4, 871).possible);
  EXPECT_FALSE(reach_of({1080, 1920}, 194.3, 785).possible);  // 15.6 inches upright
  EXPECT_FALSE(reach_of({1920, 1080}, 345.4, 850).possible);  // and lying
}

}  // namespace
}  // namespace ui
