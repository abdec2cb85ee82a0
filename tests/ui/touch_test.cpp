// Hands that tremble, on every screen: 2-D Gaussian touch error after facts: accessibility §2.2 (σ 2.7 mm older people, 5 mm
// marked tremor).
#include <gtest/gtest.h>

#include <random>

#include "tests/ui/support.h"
#include "ui/screens/aim.h"
#include "ui/screens/gallery.h"
#include "ui/screens/kiosk_screen.h"

namespace ui {
namespace {

constexpr int kTaps = 400;  // for each target of each page; over 400 000 in all
constexpr int kMostPagesToTouch = 64;

struct Score {
  long taps = 0;
  long hits = 0;
  long wrong = 0;
};

class ATrembler {
 public:
  ATrembler(double sigma_mm, int taps, std::optional<Zone> only) : spread_(0.0, sigma_mm), taps_(taps), only_(only) {}

  // Down and up fall independently; the pipeline says what they mean.
  void tap_everything(const KioskScreen& screen, Score& score) {
    for (const SemanticNode& node : screen.tree().nodes()) {
      if (!node.interactive() || node.disabled || (only_ && node.zone != *only_)) continue;
      for (int i = 0; i < taps_; ++i) {
        const SemanticNode* down = tap(screen, node.box);
        const SemanticNode* up = tap(screen, node.box);
        ++score.taps;
        score.hits += down == &node && up == &node ? 1 : 0;
        score.wrong += down != nullptr && down == up && down != &node && !down->disabled ? 1 : 0;
      }
    }
  }

 private:
  const SemanticNode* tap(const KioskScreen& screen, const Box& box) {
    const Kit& kit = screen.kit();
    const int x = box.x + box.w / 2 + static_cast<int>(std::lround(spread_(random_) * kit.px(100.0) / 100.0));
    const int y = box.y + box.h / 2 + static_cast<int>(std::lround(spread_(random_) * kit.px(100.0) / 100.0));
    return aimed_at(screen.tree(), x, y, kit.px(kSnap), kit.px(kEquallyNear));
  }

  std::mt19937 random_{20261127};
  std::normal_distribution<double> spread_;
  int taps_;
  std::optional<Zone> only_;
};

Score over_every_screen(double sigma_mm, bool steady = false, int taps = kTaps, std::optional<Zone> only = {}) {
  KioskScreen screen(typesetter(), translations(), 268.0);
  screen.resize(1080, 1920);
  ATrembler hand(sigma_mm, taps, only);
  Score score;
  for (Scene& scene : all_scenes(services())) {
    scene.state.steady = steady;
    screen.forget();
    const VisitView view = scene.view(hall(), services());
    std::string first;
    for (int page = 0; page < kMostPagesToTouch; ++page) {
      screen.handle({}, view, gallery_moment());
      hand.tap_everything(screen, score);
      const SemanticNode* more = screen.tree().find("more");
      if (more == nullptr || more->value.starts_with(more->value.substr(more->value.find('/') + 1) + "/")) break;
      if (!screen.press("more", view, gallery_moment())) break;
    }
  }
  return score;
}

double share(long part, long all) { return static_cast<double>(part) / static_cast<double>(all); }

TEST(AHandOf80Years, presses_a_wrong_button_once_in_a_thousand_at_most) {
  const Score score = over_every_screen(2.7);
  EXPECT_GT(score.taps, 400'000);
  EXPECT_LE(share(score.wrong, score.taps), 0.001);
  EXPECT_GE(share(score.hits, score.taps), 0.99);
}

TEST(AHandThatTrembles, presses_a_wrong_button_once_in_a_hundred_at_most) {
  const Score score = over_every_screen(5.0);
  EXPECT_LE(share(score.wrong, score.taps), 0.01);
  EXPECT_GE(share(score.hits, score.taps), 0.9);
}

// At the smallest targets, the tools: most others are larger than either anyway.
TEST(AHandThatTremblesMore, is_helped_by_larger_buttons) {
  constexpr double kSigma = 8.0;
  constexpr int kFewTaps = 60;
  const Score usual = over_every_screen(kSigma, false, kFewTaps, Zone::tools);
  const Score larger = over_every_screen(kSigma, true, kFewTaps, Zone::tools);
  EXPECT_GT(share(larger.hits, larger.taps), share(usual.hits, usual.taps) + 0.02);
  EXPECT_LT(share(larger.wrong, larger.taps), share(usual.wrong, usual.taps));
}

SemanticTree two_buttons() {
  SemanticTree tree;
  SemanticNode left;
  left.id = left.label = "left";
  left.role = Role::button;
  left.box = {0, 0, 100, 100};
  SemanticNode right = left;
  right.id = right.label = "right";
  right.box = {120, 0, 100, 100};
  tree.add(left);
  tree.add(right);
  return tree;
}

TEST(AnAim, is_the_button_it_falls_beside_and_none_between_two) {
  const SemanticTree tree = two_buttons();
  const auto id = [&](int x, int y) {
    const SemanticNode* node = aimed_at(tree, x, y, 20, 4);
    return node != nullptr ? node->id : std::string();
  };
  EXPECT_EQ(id(50, 50), "left");
  EXPECT_EQ(id(50, 115), "left");
  EXPECT_EQ(id(50, 125), "");
  EXPECT_EQ(id(105, 50), "left");
  EXPECT_EQ(id(115, 50), "right");
  EXPECT_EQ(id(110, 50), "");
}

}  // namespace
}  // namespace ui
