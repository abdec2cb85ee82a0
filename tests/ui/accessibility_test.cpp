// Promises of docs/accessibility.md that no other test here keeps: about sizes, states, and what the first screen offers.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "test_places.h"
#include "tests/ui/support.h"
#include "ui/screens/gallery.h"
#include "ui/screens/kiosk_screen.h"

namespace ui {
namespace {

constexpr double kDistance = 600.0;  // mm, the declared one (facts: accessibility §0)

std::map<std::string, Box> boxes_of(std::string_view name, kiosk::TextStep step) {
  std::vector<Scene> scenes = all_scenes(services());
  Scene& seen = *std::find_if(scenes.begin(), scenes.end(), [&](const Scene& each) { return each.name == name; });
  seen.state.text_step = step;
  KioskScreen screen(typesetter(), translations(), 268.0);
  screen.resize(1080, 1920);
  screen.handle({}, seen.view(hall(), services()), gallery_moment());
  std::map<std::string, Box> boxes;
  for (const SemanticNode& node : screen.tree().nodes()) boxes[node.id] = node.box;
  return boxes;
}

const Scene& scene(const std::vector<Scene>& scenes, std::string_view name) {
  for (const Scene& each : scenes)
    if (each.name == name) return each;
  ADD_FAILURE() << "no scene " << name;
  return scenes.front();
}

// Rows of an image that hold ink.
int inked_rows(const typeset::CoverageBitmap& picture) {
  int rows = 0;
  for (int y = 0; y < picture.height; ++y) {
    bool ink = false;
    for (int x = 0; x < picture.width && !ink; ++x) ink = picture.pixels[static_cast<std::size_t>(y * picture.width + x)] > 127;
    rows += ink ? 1 : 0;
  }
  return rows;
}

TEST(Text, has_a_capital_h_of_seven_tenths_of_a_degree_in_the_default_size) {
  constexpr double kPixelsPerMm = 1080 / 268.0;
  typeset::TextStyle style;
  style.em_px = std::round(measures_of(kiosk::TextStep::normal).body * kPixelsPerMm);
  const double height = inked_rows(typesetter().draw("H", style)) / kPixelsPerMm;
  const double degrees = 180.0 * height / (M_PI * kDistance);
  EXPECT_GE(degrees, 0.7);
}

TEST(TextSizes, are_four_of_which_the_last_is_twice_the_first) {
  const double small = measures_of(kiosk::TextStep::small).body;
  double before = 0;
  for (const auto step : {kiosk::TextStep::small, kiosk::TextStep::normal, kiosk::TextStep::large, kiosk::TextStep::largest}) {
    EXPECT_GT(measures_of(step).body, before);
    before = measures_of(step).body;
  }
  EXPECT_GE(before, 2 * small);
  EXPECT_GE(small, kSmallestText);
  EXPECT_GE(measures_of(kiosk::TextStep::normal).body, 12.0);
}

int grey(std::uint32_t pixel) {
  return static_cast<int>((299 * (pixel >> 16U & 255U) + 587 * (pixel >> 8U & 255U) + 114 * (pixel & 255U)) / 1000);
}

TEST(AChoice, is_seen_to_be_chosen_without_colour) {
  const std::vector<Scene> scenes = all_scenes(services());
  for (const Scene& answered : scenes) {
    constexpr std::string_view kEnd = "-answered";
    if (answered.question == nullptr || !answered.name.ends_with(kEnd)) continue;
    const Scene& open = scene(scenes, std::string_view(answered.name).substr(0, answered.name.size() - kEnd.size()));
    KioskScreen screen(typesetter(), translations(), 268.0);
    Surface without(1080, 1920);
    Surface with(1080, 1920);
    screen.draw(without, open.view(hall(), services()), gallery_moment());
    screen.repaint();
    screen.draw(with, answered.view(hall(), services()), gallery_moment());
    for (const SemanticNode& node : screen.tree().nodes()) {
      if (node.role != Role::choice || !node.selected) continue;
      long differing = 0;
      for (int y = node.box.y; y < node.box.bottom(); ++y)
        for (int x = node.box.x; x < node.box.right(); ++x)
          differing += std::abs(grey(with.row(y)[x]) - grey(without.row(y)[x])) > 96 ? 1 : 0;
      EXPECT_GT(differing, 200) << answered.name << " " << node.id;  // about a disc of 4 mm
    }
  }
}

TEST(NothingIsChosen, before_somebody_chose_it) {
  for (const Scene& each : all_scenes(services())) {
    if (each.question == nullptr || each.name.ends_with("-answered")) continue;
    KioskScreen screen(typesetter(), translations(), 268.0);
    screen.resize(1080, 1920);
    screen.handle({}, each.view(hall(), services()), gallery_moment());
    for (const SemanticNode& node : screen.tree().nodes())
      EXPECT_FALSE(node.role == Role::choice && node.selected) << each.name << " " << node.id;
  }
}

TEST(TheFirstScreen, has_size_contrast_language_and_help_at_hand) {
  const auto boxes = boxes_of("welcome", kiosk::TextStep::normal);
  for (const char* id : {"text-size", "theme", "language", "help"}) EXPECT_TRUE(boxes.contains(id)) << id;
}

TEST(NumbersInRightToLeftWords, stand_in_isolates_that_take_no_room) {
  const kiosk::Translations pseudo(LINLI_BINARY_DIR "/tests/ui/pseudo");
  EXPECT_NE(pseudo.text("Hello, {name}", "ar-XB").find("\u2068{name}\u2069"), std::string::npos);
  EXPECT_NE(pseudo.plural("{n} more digit", "{n} more digits", 3, "ar-XB").find("\u20683\u2069"), std::string::npos);
  EXPECT_EQ(pseudo.text("Hello, {name}", "xx").find("\u2068"), std::string::npos);
  const typeset::TextStyle style;
  EXPECT_EQ(typesetter().measure("A\u2068012\u2069", style).width, typesetter().measure("A012", style).width);
  EXPECT_EQ(typesetter().missing_glyphs("A\u2068012\u2069", style), 0);
}

}  // namespace
}  // namespace ui
