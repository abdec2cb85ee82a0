// The pictures of docs/accessibility.md: small sheets of screens, each shared by the clauses that can be seen on it. With
// LINLI_PICTURES=update they are drawn into docs/pictures; otherwise a test sees that all can be drawn, and are small enough.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <utility>

#include "test_places.h"
#include "tests/ui/support.h"
#include "ui/screens/contact_sheet.h"
#include "ui/screens/gallery.h"
#include "ui/screens/kiosk_screen.h"

namespace ui {
namespace {

constexpr std::uintmax_t kLargestPicture = 60'000;      // bytes
constexpr std::size_t kColours[] = {24, 16, 12, 8, 6};  // of one screen; as many as the file has room for

struct Shot {
  const char* scene;
  GallerySetting setting{};
  const char* hold = "";   // the control that a finger is on
  const char* focus = "";  // the control that has the ring
};

struct Sheet {
  const char* name;
  std::vector<Shot> shots;
};

GallerySetting looks(const char* language, kiosk::TextStep step, kiosk::Theme theme = kiosk::Theme::standard) {
  return {language, step, theme};
}

GallerySetting lying(const char* language, kiosk::TextStep step, bool low = false) {
  return {language, step, kiosk::Theme::standard, true, low};
}

GallerySetting low() { return {"zh", kiosk::TextStep::normal, kiosk::Theme::standard, false, true}; }

GallerySetting aloud(const char* language) {
  return {language, kiosk::TextStep::normal, kiosk::Theme::standard, false, false, true};
}

std::vector<Sheet> all_sheets() {
  using enum kiosk::TextStep;
  using enum kiosk::Theme;
  const char* choice = "question-payout-answered";
  return {
      {"sizes", {{choice, looks("zh", small)}, {choice, looks("zh", largest)}, {choice, looks("en", largest)}}},
      {"lying", {{choice, lying("zh", small)}, {choice, lying("en", largest)}}},
      {"themes",
       {{choice},
        {choice, looks("zh", normal, black_on_white)},
        {choice, looks("zh", normal, white_on_black)},
        {choice, looks("zh", normal, low_glare)}}},
      {"pressed", {{choice}, {choice, {}, "choice/payout/1"}, {choice, {}, "next"}, {choice, {}, "", "help"}}},
      {"first", {{"welcome"}, {"welcome", looks("en", normal)}, {"help"}, {"help", looks("en", normal)}}},
      {"pages", {{"services"}, {choice}, {"question-phone"}, {"check"}}},
      {"voice", {{choice, aloud("zh")}, {choice, aloud("en")}}},
      {"scripts",
       {{"welcome", looks("ug-XB", normal)},
        {"welcome", looks("bo-XB", normal)},
        {"welcome", looks("hi-XB", normal)},
        {"welcome", looks("mn-XB", normal)}}},
      {"still-there", {{"still-there"}, {"still-there", looks("en", normal)}}},
      {"low-layout", {{choice, low()}, {choice, lying("zh", normal, true)}}},
      {"faults", {{"welcome-no-reader"}, {"receipt-no-paper"}, {"closed"}}},
  };
}

Surface picture_of(const Shot& shot) {
  const bool wide = shot.setting.landscape;
  static const kiosk::Translations pseudo(LINLI_BINARY_DIR "/tests/ui/pseudo");  // scripts that no hall has
  KioskScreen screen(typesetter(), shot.setting.language.ends_with("-XB") ? pseudo : translations(), wide ? 476.4 : 268.0);
  screen.mount(wide ? 850.0 : 720.0);
  Surface surface = wide ? Surface(1920, 1080) : Surface(1080, 1920);
  std::vector<Scene> scenes = all_scenes(services());
  const auto found = std::ranges::find(scenes, shot.scene, &Scene::name);
  if (found == scenes.end()) {
    ADD_FAILURE() << "no scene " << shot.scene;
    return surface;
  }
  found->state.language = shot.setting.language;
  found->state.text_step = shot.setting.step;
  found->state.theme = shot.setting.theme;
  found->state.low_layout = shot.setting.low;
  found->state.voice.on = shot.setting.voice;
  const VisitView view = found->view(hall(), services());
  kiosk::Moment now = gallery_moment();
  if (shot.setting.voice) screen.set_caption(translations().text("Reading aloud.", shot.setting.language));
  screen.draw(surface, view, now);
  now.instant += std::chrono::seconds{2};
  for (int i = 0; i < 64 && *shot.focus != 0 && screen.focus() != shot.focus; ++i) {
    screen.take(Key::move, view, now);
    now.instant += std::chrono::seconds{1};
  }
  if (const SemanticNode* node = screen.tree().by_id(shot.hold); node != nullptr)
    screen.handle({node->box.x + node->box.w / 2, node->box.y + node->box.h / 2, true}, view, now);
  else
    EXPECT_EQ(*shot.hold, 0) << "no control " << shot.hold;
  screen.draw(surface, view, now);
  return surface;
}

int distance(Pixel a, Pixel b) {
  int sum = 0;
  for (const unsigned shift : {0U, 8U, 16U}) {
    const int difference = static_cast<int>(a >> shift & 255U) - static_cast<int>(b >> shift & 255U);
    sum += difference * difference;
  }
  return sum;
}

// The colours there are most of stay as they are; every shade of a soft edge becomes the nearest of them.
Surface with_few_colours(Surface picture, std::size_t most) {
  std::map<Pixel, long> counts;
  for (int y = 0; y < picture.height(); ++y)
    for (int x = 0; x < picture.width(); ++x) ++counts[picture.row(y)[x]];
  std::vector<std::pair<long, Pixel>> palette;
  for (const auto& [colour, count] : counts) palette.emplace_back(count, colour);
  std::ranges::sort(palette, std::greater{});
  palette.resize(std::min(palette.size(), most));
  std::map<Pixel, Pixel> nearest;
  for (const auto& [colour, count] : counts)
    nearest[colour] =
        std::ranges::min_element(palette, {}, [of = colour](const auto& each) { return distance(each.second, of); })->second;
  for (int y = 0; y < picture.height(); ++y)
    for (int x = 0; x < picture.width(); ++x) picture.row(y)[x] = nearest[picture.row(y)[x]];
  return picture;
}

ContactSheet sheet_of(const Sheet& of, std::size_t colours) {
  ContactSheet sheet;
  bool wide = of.shots.front().setting.landscape;
  for (const Shot& shot : of.shots) {
    if (std::exchange(wide, shot.setting.landscape) != shot.setting.landscape) sheet.begin_block();
    sheet.add(with_few_colours(thumbnail(picture_of(shot)), colours));
  }
  return sheet;
}

TEST(ThePictures, of_the_clauses_can_be_drawn_and_are_small) {
  const char* wish = getenv("LINLI_PICTURES");
  const bool update = wish != nullptr && std::string_view(wish) == "update";
  const std::filesystem::path folder =
      update ? std::filesystem::path(LINLI_SOURCE_DIR) / "docs/pictures" : std::filesystem::path(LINLI_BINARY_DIR) / "pictures";
  std::filesystem::create_directories(folder);
  for (const Sheet& each : all_sheets()) {
    const auto path = folder / (std::string(each.name) + ".png");
    for (const std::size_t colours : kColours) {
      ASSERT_TRUE(sheet_of(each, colours).write(path));
      if (std::filesystem::file_size(path) <= kLargestPicture) break;
    }
    EXPECT_LE(std::filesystem::file_size(path), kLargestPicture) << path;
    EXPECT_TRUE(std::filesystem::exists(std::filesystem::path(LINLI_SOURCE_DIR) / "docs/pictures" / path.filename())) << path;
  }
}

}  // namespace
}  // namespace ui
