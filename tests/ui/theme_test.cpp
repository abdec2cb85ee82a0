// Contrast of every theme: as its colours promise, and as measured from the pixels of every screen.
#include "ui/kit/theme.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/ui/support.h"
#include "ui/screens/gallery.h"
#include "ui/screens/kiosk_screen.h"

namespace ui {
namespace {

struct Promise {
  kiosk::Theme theme;
  double least, most;
};
constexpr Promise kPromises[] = {{kiosk::Theme::standard, 10.0, 21.0},
                                 {kiosk::Theme::black_on_white, 20.0, 21.0},
                                 {kiosk::Theme::white_on_black, 20.0, 21.0},
                                 {kiosk::Theme::low_glare, 4.5, 8.0}};

class ATheme : public testing::TestWithParam<Promise> {};

// Text, pictograms and borders on the ground they stand on, wherever the theme is used.
TEST_P(ATheme, keeps_its_contrast) {
  using namespace theme;
  const std::pair<Tone, Tone> pairs[] = {{kInk, kPaper},          {kInk, kCard},        {kInk, kBand},
                                         {kInk, kGoldLight},      {kInk, kGold},        {kInk, kJadeLight},
                                         {kInk2, kPaper},         {kInk2, kCard},       {kInk2, kGoldLight},
                                         {kInk2, kJadeLight},     {kJadeDark, kCard},   {kJadeDark, kPaper},
                                         {kJadeDark, kJadeLight}, {kOnHeader, kHeader}, {kOnDark, kJade},
                                         {kOnDark, kLantern},     {kLantern, kCard},    {kDisabledInk, kDisabled},
                                         {kOnDark, kSky},         {kOnDark, kPlum},     {kOnDark, kEarth},
                                         {kOnDark, kSlate},       {kOnDark, kInk},      {kJade, kCard},
                                         {kLine, kPaper},         {kLine, kCard}};
  for (const auto& [ink, ground] : pairs) {
    const double ratio = contrast(colour_of(GetParam().theme, ink), colour_of(GetParam().theme, ground));
    EXPECT_GE(ratio, GetParam().least) << int{ink} << " on " << int{ground};
    EXPECT_LE(ratio, GetParam().most) << int{ink} << " on " << int{ground};
  }
}

// Pixels that words changed, and all of whose neighbours they changed too: inside a stroke, not on its soft edge.
std::vector<double> contrasts_in(const Surface& with, const Surface& without, const Box& box) {
  const auto differs = [&](int x, int y) { return with.row(y)[x] != without.row(y)[x]; };
  std::vector<double> found;
  for (int y = box.y + 1; y < box.bottom() - 1; ++y)
    for (int x = box.x + 1; x < box.right() - 1; ++x) {
      bool inside = true;
      for (int dy = -1; dy <= 1 && inside; ++dy)
        for (int dx = -1; dx <= 1 && inside; ++dx) inside = differs(x + dx, y + dy);
      if (inside) found.push_back(contrast(opaque(with.row(y)[x]), opaque(without.row(y)[x])));
    }
  return found;
}

// Of small letters many a stroke is thinner than a pixel and nowhere of their full colour.
double median(std::vector<double> ratios) {
  const auto place = ratios.begin() + static_cast<std::ptrdiff_t>(ratios.size() / 2);
  std::nth_element(ratios.begin(), place, ratios.end());
  return *place;
}

void picture(KioskScreen& screen, Surface& surface, const VisitView& view, bool words) {
  screen.show_words(words);
  screen.repaint();
  screen.draw(surface, view, gallery_moment());
}

INSTANTIATE_TEST_SUITE_P(Themes, ATheme, testing::ValuesIn(kPromises),
                         [](const auto& of) { return std::string("number_") + std::to_string(of.index + 1); });

struct ThemeSetting {
  Promise promise;
  kiosk::Language language;
  kiosk::TextStep step;
  bool landscape;
  bool every_page;  // of a cut list, not its first alone
};

// Which ink stands on which ground is the matter of a page's parts, whatever its language and size: so every page in every
// theme in one language and size, every theme lying too, and every other language and size in one theme.
std::vector<ThemeSetting> all_theme_settings() {
  using enum kiosk::TextStep;
  std::vector<ThemeSetting> settings;
  for (const Promise& promise : kPromises) settings.push_back({promise, "zh", normal, false, true});
  for (const int theme : {0, 3}) settings.push_back({kPromises[theme], "zh", normal, true, false});
  settings.push_back({kPromises[0], "zh-Hant", largest, false, false});
  settings.push_back({kPromises[1], "en", large, true, false});
  settings.push_back({kPromises[2], "zh-Hant", small, true, false});
  settings.push_back({kPromises[3], "en", largest, false, false});
  return settings;
}

class EveryPixel : public testing::TestWithParam<ThemeSetting> {
 protected:
  EveryPixel() { screen_.resize(with_.width(), with_.height()); }

  void measure(const VisitView& view, const std::string& name) {
    picture(screen_, with_, view, true);
    picture(screen_, without_, view, false);
    const Promise& promise = GetParam().promise;
    const bool curtain = screen_.tree().by_id("curtain") != nullptr;  // hides the others
    for (const SemanticNode& node : screen_.tree().nodes()) {
      if (curtain && node.id != "curtain") continue;
      const std::vector<double> ratios = contrasts_in(with_, without_, node.box);
      if (ratios.empty()) continue;  // a picture
      ++texts_;
      EXPECT_GE(median(ratios), promise.least) << name << " " << node.id;
      EXPECT_LE(*std::max_element(ratios.begin(), ratios.end()), promise.most) << name << " " << node.id;
    }
  }

  Surface with_ = GetParam().landscape ? Surface(1920, 1080) : Surface(1080, 1920);
  Surface without_ = GetParam().landscape ? Surface(1920, 1080) : Surface(1080, 1920);
  KioskScreen screen_{typesetter(), translations(), GetParam().landscape ? 476.4 : 268.0};
  long texts_ = 0;
};

TEST_P(EveryPixel, of_words_has_the_contrast_of_its_theme) {
  for (Scene& scene : all_scenes(services())) {
    scene.state.theme = GetParam().promise.theme;
    scene.state.language = GetParam().language;
    scene.state.text_step = GetParam().step;
    const VisitView view = scene.view(hall(), services());
    begin_scene(screen_, scene, view);
    for (int page = 1;; ++page) {
      measure(view, scene.name + " page " + std::to_string(page));
      const SemanticNode* more = screen_.tree().find("more");
      const bool last = more == nullptr || more->value.starts_with(more->value.substr(more->value.find('/') + 1) + "/");
      if (last || !GetParam().every_page) break;
      ASSERT_TRUE(screen_.press("more", view, gallery_moment()));
    }
  }
  EXPECT_GT(texts_, 300);
}

INSTANTIATE_TEST_SUITE_P(Themes, EveryPixel, testing::ValuesIn(all_theme_settings()), [](const auto& of) {
  std::string name = "number_" + std::to_string(static_cast<int>(of.param.promise.theme) + 1) + "_" + of.param.language + "_" +
                     std::to_string(static_cast<int>(of.param.step)) + (of.param.landscape ? "_landscape" : "_portrait");
  std::ranges::replace(name, '-', '_');
  return name;
});

// All that a page is but for its colours: what stands where, and how every text is set.
std::string layout_of(KioskScreen& screen, Scene& scene, kiosk::Theme theme) {
  scene.state.theme = theme;
  const VisitView view = scene.view(hall(), services());
  begin_scene(screen, scene, view);
  std::string all;
  screen.watch_texts([&all](const Kit::DrawnText& drawn) {
    all += std::string(drawn.text) + " " + std::to_string(drawn.style.em_px) + " " + std::to_string(drawn.style.wrap_px) + "\n";
  });
  screen.handle({}, view, gallery_moment());
  screen.watch_texts({});
  auto tree = screen.tree().to_json(true);
  for (auto& node : tree)
    if (node["id"] == "theme") node["value"] = "";  // which of the four
  return all + tree.dump();
}

TEST(EveryTheme, moves_nothing) {
  for (const bool landscape : {false, true}) {
    KioskScreen screen(typesetter(), translations(), landscape ? 476.4 : 268.0);
    screen.resize(landscape ? 1920 : 1080, landscape ? 1080 : 1920);
    for (Scene& scene : all_scenes(services())) {
      scene.state.text_step = landscape ? kiosk::TextStep::largest : kiosk::TextStep::normal;
      const std::string standard = layout_of(screen, scene, kiosk::Theme::standard);
      for (const Promise& promise : kPromises) EXPECT_EQ(layout_of(screen, scene, promise.theme), standard) << scene.name;
    }
  }
}

}  // namespace
}  // namespace ui
