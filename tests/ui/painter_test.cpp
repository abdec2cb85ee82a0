#include "ui/kit/painter.h"

#include <gmock/gmock.h>

#include <random>

namespace ui {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr Colour kRed = opaque(0xFF0000);
constexpr Colour kBlue = opaque(0x0000FF);

Quad filled(const Box& box, Colour colour) { return {box, colour, nullptr, 0, 0, 0}; }

Quad pictured(const Box& box, const Image& image, Colour colour, int u = 0, int v = 0) {
  return {box, colour, &image, image.serial(), u, v};
}

Image gradient(int width, int height) {
  std::vector<std::uint8_t> coverage;
  for (int i = 0; i < width * height; ++i) coverage.push_back(static_cast<std::uint8_t>(i * 255 / (width * height - 1)));
  return {width, height, std::move(coverage)};
}

TEST(APainter, fills_exactly_the_box) {
  Surface surface(4, 3);
  Painter painter;
  painter.paint(surface, {filled({0, 0, 4, 3}, kBlue), filled({1, 1, 2, 1}, kRed)});
  EXPECT_EQ(surface.row(1)[0], 0x0000FFU);
  EXPECT_EQ(surface.row(1)[1], 0xFF0000U);
  EXPECT_EQ(surface.row(1)[2], 0xFF0000U);
  EXPECT_EQ(surface.row(1)[3], 0x0000FFU);
  EXPECT_EQ(surface.row(0)[1], 0x0000FFU);
  EXPECT_EQ(surface.row(2)[2], 0x0000FFU);
}

TEST(APainter, keeps_at_no_coverage_and_replaces_at_full) {
  const Image image(3, 1, {0, 128, 255});
  Surface surface(3, 1);
  Painter painter;
  painter.paint(surface, {filled({0, 0, 3, 1}, opaque(0x000000)), pictured({0, 0, 3, 1}, image, opaque(0xFFFFFF))});
  EXPECT_EQ(surface.row(0)[0], 0x000000U);
  EXPECT_NEAR(surface.row(0)[1] & 255U, 128, 1);
  EXPECT_EQ(surface.row(0)[2], 0xFFFFFFU);
}

TEST(APainter, draws_the_part_of_an_image_it_is_asked_for) {
  const Image image = gradient(4, 4);
  Surface surface(2, 2);
  Painter painter;
  painter.paint(surface, {filled({0, 0, 2, 2}, opaque(0)), pictured({0, 0, 2, 2}, image, opaque(0xFFFFFF), 2, 2)});
  EXPECT_NEAR(surface.row(0)[0] & 255U, image.row(2)[2], 1);
  EXPECT_NEAR(surface.row(1)[1] & 255U, image.row(3)[3], 1);
}

TEST(APainter, mixes_a_translucent_fill) {
  Surface surface(1, 1);
  Painter painter;
  painter.paint(surface, {filled({0, 0, 1, 1}, opaque(0xFFFFFF)), filled({0, 0, 1, 1}, Colour{0x80000000U})});
  EXPECT_NEAR(surface.row(0)[0] & 255U, 127, 1);
}

TEST(APainter, never_writes_outside_the_surface) {
  std::vector<Pixel> memory(6 * 6, 0xABCDEF);
  Surface middle(memory.data() + 6 + 1, 4, 4, 6);
  Painter painter;
  painter.paint(middle, {filled({-5, -5, 50, 50}, kRed)});
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(memory[static_cast<std::size_t>(i)], 0xABCDEFU);
    EXPECT_EQ(memory[static_cast<std::size_t>(i * 6)], 0xABCDEFU);
    EXPECT_EQ(memory[static_cast<std::size_t>(i * 6 + 5)], 0xABCDEFU);
    EXPECT_EQ(memory[static_cast<std::size_t>(30 + i)], 0xABCDEFU);
  }
}

TEST(APainter, paints_nothing_when_the_frame_is_the_same) {
  Surface surface(10, 10);
  Painter painter;
  const std::vector<Quad> frame{filled({0, 0, 10, 10}, kBlue), filled({2, 2, 3, 3}, kRed)};
  EXPECT_THAT(painter.paint(surface, frame), ElementsAre(Box{0, 0, 10, 10}));
  surface.row(5)[5] = 0x123456;  // would be overwritten by any painting
  EXPECT_THAT(painter.paint(surface, frame), IsEmpty());
  EXPECT_EQ(surface.row(5)[5], 0x123456U);
}

TEST(APainter, repaints_only_where_something_differs) {
  Surface surface(100, 100);
  Painter painter;
  painter.paint(surface, {filled({0, 0, 100, 100}, kBlue), filled({10, 10, 5, 5}, kRed)});
  EXPECT_THAT(painter.paint(surface, {filled({0, 0, 100, 100}, kBlue), filled({10, 10, 5, 5}, opaque(0x00FF00))}),
              ElementsAre(Box{10, 10, 5, 5}));
}

TEST(APainter, starts_anew_after_forgetting_and_on_another_size) {
  Surface surface(10, 10);
  Painter painter;
  const std::vector<Quad> frame{filled({0, 0, 20, 20}, kBlue)};
  painter.paint(surface, frame);
  painter.forget();
  EXPECT_THAT(painter.paint(surface, frame), ElementsAre(Box{0, 0, 10, 10}));
  Surface larger(20, 20);
  EXPECT_THAT(painter.paint(larger, frame), ElementsAre(Box{0, 0, 20, 20}));
}

TEST(Damage, is_the_whole_canvas_when_the_same_things_lie_in_another_order) {
  const Quad below = filled({0, 0, 10, 10}, kRed);
  const Quad above = filled({5, 5, 10, 10}, kBlue);
  EXPECT_THAT(damage_between({below, above}, {above, below}, {0, 0, 20, 20}), ElementsAre(Box{0, 0, 20, 20}));
}

TEST(Damage, stays_within_its_limit_and_without_overlap) {
  std::vector<Quad> many;
  for (int i = 0; i < 60; ++i) many.push_back(filled({(i % 10) * 20, (i / 10) * 20, 5, 5}, kRed));
  const std::vector<Box> damage = damage_between({}, many, {0, 0, 200, 200});
  EXPECT_LE(damage.size(), kMostDamage);
  for (std::size_t i = 0; i < damage.size(); ++i)
    for (std::size_t j = i + 1; j < damage.size(); ++j) EXPECT_FALSE(overlap(damage[i], damage[j]));
}

// Frames that differ a little from one to the next, as screens do.
class RandomFrames {
 public:
  std::vector<Quad> next() {
    const int changes = pick(0, 4);
    for (int i = 0; i < changes; ++i) change();
    return frame_;
  }

 private:
  int pick(int least, int most) { return std::uniform_int_distribution<int>(least, most)(random_); }
  Quad quad() {
    const Box box{pick(-10, 90), pick(-10, 70), pick(1, 40), pick(1, 30)};
    const Colour colour{static_cast<std::uint32_t>(pick(0, 3) == 0 ? 0x80 : 0xFF) << 24U |
                        static_cast<std::uint32_t>(pick(0, 0xFFFFFF))};
    if (pick(0, 1) == 0) return clipped(filled(box, colour));
    return clipped(pictured(box, image_, colour, pick(0, 60 - box.w), pick(0, 60 - box.h)));
  }
  static Quad clipped(Quad quad) {
    const Box inside = intersection(quad.box, {0, 0, 96, 72});
    if (quad.image != nullptr) {
      quad.u += inside.x - quad.box.x;
      quad.v += inside.y - quad.box.y;
    }
    quad.box = inside;
    return quad;
  }
  void change() {
    const auto at = static_cast<std::ptrdiff_t>(frame_.empty() ? 0 : pick(0, static_cast<int>(frame_.size()) - 1));
    switch (pick(0, 3)) {
      case 0:
        frame_.push_back(quad());
        std::swap(frame_.back(), frame_[static_cast<std::size_t>(at)]);
        break;
      case 1:
        if (frame_.size() > 1) frame_.erase(frame_.begin() + at);
        break;
      case 2:
        if (!frame_.empty()) frame_[static_cast<std::size_t>(at)] = quad();
        break;
      default:
        if (frame_.size() > 1) std::swap(frame_.front(), frame_[static_cast<std::size_t>(at)]);
    }
  }
  std::mt19937 random_{20261123};
  Image image_ = gradient(60, 60);
  std::vector<Quad> frame_{filled({0, 0, 96, 72}, opaque(0xFBF6EC))};
};

bool same(const Surface& a, const Surface& b) {
  for (int y = 0; y < a.height(); ++y)
    if (!std::equal(a.row(y), a.row(y) + a.width(), b.row(y))) return false;
  return true;
}

TEST(APainter, repainting_the_damage_equals_painting_everything) {
  RandomFrames frames;
  Surface kept(96, 72);
  Painter painter;
  for (int i = 0; i < 3000; ++i) {
    std::vector<Quad> frame{filled({0, 0, 96, 72}, opaque(0x0A0A0A))};  // a page always has a ground
    for (const Quad& quad : frames.next()) frame.push_back(quad);
    painter.paint(kept, frame);
    Surface fresh(96, 72);
    paint_quads(fresh, frame, fresh.box());
    ASSERT_TRUE(same(kept, fresh)) << "frame " << i;
  }
}

}  // namespace
}  // namespace ui
