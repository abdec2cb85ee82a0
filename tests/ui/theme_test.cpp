// Contrast of every theme: as its colours promise, and as measured from the pixels of every screen.
#include "ui/kit/theme.h"

#include <gtest/gtest.h>

#include <algorithm>

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

double worst_twentieth(std::vector<double> ratios) {
  const auto place = ratios.begin() + static_cast<std::ptrdiff_t>(ratios.size() / 20);
  std::nth_element(ratios.begin(), place, ratios.end());
  return *place;
}

void picture(KioskScreen& screen, Surface& surface, const VisitView& view, bool words) {
  screen.show_words(words);
  screen.repaint();
  screen.draw(surface, view, gallery_moment());
}

TEST_P(ATheme, shows_every_text_as_promised) {
  KioskScreen screen(typesetter(), translations(), 268.0);
  Surface with(1080, 1920);
  Surface without(1080, 1920);
  long texts = 0;
  for (Scene& scene : all_scenes(services())) {
    scene.state.theme = GetParam().theme;
    const VisitView view = scene.view(hall(), services());
    picture(screen, with, view, true);
    picture(screen, without, view, false);
    for (const SemanticNode& node : screen.tree().nodes()) {
      const std::vector<double> ratios = contrasts_in(with, without, node.box);
      if (ratios.empty()) continue;  // a picture
      ++texts;
      EXPECT_GE(worst_twentieth(ratios), GetParam().least) << scene.name << " " << node.id;
      EXPECT_LE(*std::max_element(ratios.begin(), ratios.end()), GetParam().most) << scene.name << " " << node.id;
    }
  }
  EXPECT_GT(texts, 300);
}

INSTANTIATE_TEST_SUITE_P(Themes, ATheme, testing::ValuesIn(kPromises),
                         [](const auto& of) { return std::string("number_") + std::to_string(of.index + 1); });

}  // namespace
}  // namespace ui
