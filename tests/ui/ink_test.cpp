// Clipping and overlap, from pixels: every page of every screen × language × text size × orientation is painted without its words
// and with them. What a word's strokes stand on is of one colour, no stroke is another word's or a pictogram's too, and all of
// them can be seen. The theme is no factor: it moves nothing (theme_test.cpp).
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <optional>

#include "tests/ui/support.h"
#include "ui/screens/gallery.h"
#include "ui/screens/kiosk_screen.h"

namespace ui {
namespace {

constexpr int kMostPagesOfInk = 24;
constexpr int kLong = 960;  // pixels: half as many as the panel's, for a quarter of the work
constexpr int kShort = 540;
constexpr std::uint8_t kStroke = 128;  // coverage that counts as ink
constexpr std::uint8_t kInside = 255;  // of a stroke: nothing of the ground shines through

struct InkSetting {
  kiosk::Language language;
  kiosk::TextStep step;
  bool landscape;
  bool every_page;  // of a cut list, not its first alone
};

std::vector<InkSetting> all_ink_settings() {
  using enum kiosk::TextStep;
  std::vector<InkSetting> settings;
  for (const char* language : {"zh", "zh-Hant", "en"})
    for (const auto step : {small, normal, large, largest})
      for (const bool landscape : {false, true})
        settings.push_back({language, step, landscape, language != std::string_view("zh-Hant")});  // as wide as zh
  return settings;
}

std::string name_of_ink_setting(const testing::TestParamInfo<InkSetting>& info) {
  static constexpr const char* kSteps[] = {"small", "normal", "large", "largest"};
  std::string name =
      info.param.language + "_" + kSteps[static_cast<int>(info.param.step)] + (info.param.landscape ? "_landscape" : "_portrait");
  std::ranges::replace(name, '-', '_');
  return name;
}

class EveryWord : public testing::TestWithParam<InkSetting> {
 protected:
  struct Word {
    std::string text;
    typeset::TextStyle style;
    Box place;
    const Image* image;
    std::optional<Pixel> ground;
    bool icon() const { return style.face == typeset::Face::pictogram; }
  };

  EveryWord() {
    screen_.resize(surface_.width(), surface_.height());
    screen_.watch_texts([this](const Kit::DrawnText& drawn) {
      words_.push_back({std::string(drawn.text), drawn.style, drawn.place, &drawn.image, {}});
    });
  }

  void paint(const VisitView& view, bool words) {
    words_.clear();
    screen_.show_words(words);
    screen_.draw(surface_, view, gallery_moment());
  }

  // Calls `look` with every pixel of the word of at least this coverage.
  template <class Look>
  static void each_pixel(const Word& word, std::uint8_t least, const Look& look) {
    for (int y = 0; y < word.place.h; ++y) {
      const std::uint8_t* row = word.image->row(y);
      for (int x = 0; x < word.place.w; ++x)
        if (row[x] >= least) look(word.place.x + x, word.place.y + y);
    }
  }

  // Of the page without its words.
  void stands_clear(Word& word, int number) {
    const Box panel = surface_.box();
    long outside = 0, shared = 0;
    std::string uneven;
    each_pixel(word, kStroke, [&](int x, int y) {
      if (!panel.contains(x, y)) {
        ++outside;
        return;
      }
      int& owner = owners_[static_cast<std::size_t>(y) * static_cast<std::size_t>(panel.w) + static_cast<std::size_t>(x)];
      shared += owner > before_page_ ? 1 : 0;
      owner = number;
      if (word.icon()) return;
      const Pixel ground = surface_.row(y)[x];
      if (word.ground.value_or(ground) != ground) uneven = std::to_string(x) + ", " + std::to_string(y);
      word.ground = ground;
    });
    EXPECT_EQ(outside, 0) << word.text << " leaves the panel";
    EXPECT_EQ(shared, 0) << word.text << " stands on other words";
    EXPECT_EQ(uneven, "") << word.text << " stands on something";
  }

  // Of the page with its words.
  void is_seen_whole(const Word& word) {
    std::optional<Pixel> ink;
    long lost = 0;
    each_pixel(word, kInside, [&](int x, int y) {
      if (!surface_.box().contains(x, y)) return;
      const Pixel now = surface_.row(y)[x];
      lost += now == word.ground || now != ink.value_or(now) ? 1 : 0;
      ink = now;
    });
    EXPECT_EQ(lost, 0) << word.text << " is covered";
    EXPECT_FALSE(is_cut(word)) << word.text << " is cut above or below";
  }

  // Whether with more room above and below its lines there would be more of it.
  static bool is_cut(const Word& word) {
    const auto inked = [&](int y) {
      return std::any_of(word.image->row(y), word.image->row(y) + word.place.w, [](auto c) { return c > 0; });
    };
    if (!inked(0) && !inked(word.place.h - 1)) return false;
    typeset::TextStyle roomy = word.style;
    roomy.line_spacing += 1;
    const auto ink = [](const auto* from, int size) { return std::accumulate(from, from + size, 0L); };
    const typeset::CoverageBitmap whole = typesetter().draw(word.text, roomy);
    return ink(word.image->row(0), word.place.w * word.place.h) < ink(whole.pixels.data(), whole.width * whole.height);
  }

  void measure(const VisitView& view) {
    paint(view, false);
    before_page_ = number_;
    for (Word& word : words_) stands_clear(word, ++number_);
    std::vector<std::optional<Pixel>> grounds;
    for (const Word& word : words_) grounds.push_back(word.ground);
    paint(view, true);
    ASSERT_EQ(words_.size(), grounds.size());
    for (std::size_t i = 0; i < words_.size(); ++i) {
      words_[i].ground = grounds[i];
      if (!words_[i].icon()) is_seen_whole(words_[i]);
    }
  }

  // To the next page of a cut list; from its last back to the first, and false.
  bool turn(const VisitView& view) {
    const SemanticNode* more = screen_.tree().find("more");
    if (more == nullptr) return false;
    const bool last = more->value.starts_with(more->value.substr(more->value.find('/') + 1) + "/");
    return screen_.press("more", view, gallery_moment()) && !last;
  }

  Surface surface_ = GetParam().landscape ? Surface(kLong, kShort) : Surface(kShort, kLong);
  KioskScreen screen_{typesetter(), translations(), GetParam().landscape ? 476.4 : 268.0};
  std::vector<Word> words_;                                                  // of the picture that was painted last
  std::vector<int> owners_ = std::vector<int>(std::size_t{kLong} * kShort);  // of each pixel, by the number of the word
  int number_ = 0;
  int before_page_ = 0;
};

// Nothing is forgotten from one scene to the next, so that only what differs is set and painted anew.
TEST_P(EveryWord, is_seen_whole_and_stands_clear_of_everything_else) {
  for (Scene& scene : all_scenes(services())) {
    if (scene.state.voice.curtain) continue;  // hides its page
    scene.state.language = GetParam().language;
    scene.state.text_step = GetParam().step;
    const VisitView view = scene.view(hall(), services());
    if (!scene.press.empty()) begin_scene(screen_, scene, view);
    int page = 1;
    do {
      SCOPED_TRACE(scene.name + " page " + std::to_string(page));
      measure(view);
    } while (GetParam().every_page && turn(view) && ++page <= kMostPagesOfInk);
    if (!scene.press.empty()) screen_.forget();
  }
  EXPECT_GT(number_, 1500);
}

INSTANTIATE_TEST_SUITE_P(Ink, EveryWord, testing::ValuesIn(all_ink_settings()), name_of_ink_setting);

}  // namespace
}  // namespace ui
