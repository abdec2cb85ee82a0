// The camera's picture on the page: only what changed is drawn again, and nothing of it stays.
#include <gmock/gmock.h>

#include "tests/ui/support.h"
#include "ui/screens/gallery.h"
#include "ui/screens/kiosk_screen.h"
#include "ui/screens/picture_shelf.h"

namespace ui {
namespace {

hal::CameraFrame grey_frame(int level, int width = 320, int height = 240) {
  return {width, height, base::Secret(std::string(static_cast<std::size_t>(width * height), static_cast<char>(level)))};
}

Scene scene_named(const std::string& name) {
  for (Scene& each : all_scenes(services()))
    if (each.name == name) return std::move(each);
  ADD_FAILURE() << "there is no scene " << name;
  return {};
}

class ThePhotoPage : public testing::Test {
 protected:
  std::vector<Box> draw() { return screen_.draw(surface_, scene_.view(hall(), services()), gallery_moment()); }
  void see(hal::CameraFrame frame, std::uint64_t number) {
    scene_.state.session->photo.frame = std::move(frame);
    scene_.state.session->photo.number = number;
  }
  Box picture() const {
    const SemanticNode* node = screen_.tree().by_id("picture");
    return node != nullptr ? node->box : Box{};
  }
  // Of the middle of the picture.
  int brightness() {
    const Box box = picture();
    return static_cast<int>(surface_.row(box.y + box.h / 2)[box.x + box.w / 2] & 0xFFU);
  }

  Scene scene_ = scene_named("photo-aim");
  Surface surface_{1080, 1920};
  KioskScreen screen_{typesetter(), translations(), 268.0};
};

TEST_F(ThePhotoPage, shows_the_picture_large_and_in_its_own_proportions) {
  see(grey_frame(137), 11);
  draw();
  const Box box = picture();
  EXPECT_GT(box.w * 10, 1080 * 8) << "of the panel's width";
  EXPECT_NEAR(box.w * 3, box.h * 4, 8);
  EXPECT_NEAR(brightness(), 137, 1);
  scene_.state.theme = kiosk::Theme::white_on_black;
  draw();
  EXPECT_NEAR(brightness(), 137, 1) << "a picture is no colour of a theme";
}

TEST_F(ThePhotoPage, draws_of_a_new_frame_only_the_picture_and_of_the_same_nothing) {
  see(grey_frame(100), 11);
  draw();
  EXPECT_TRUE(draw().empty());
  see(grey_frame(180), 12);
  const auto changed = draw();
  ASSERT_EQ(changed.size(), 1U);
  EXPECT_EQ(changed.front(), picture());
  EXPECT_NEAR(brightness(), 180, 1);
}

TEST_F(ThePhotoPage, stretches_no_picture_that_is_tall_or_tiny) {
  for (const auto& [width, height] : {std::pair{120, 640}, {1, 1}, {1920, 64}}) {
    see(grey_frame(90, width, height), static_cast<std::uint64_t>(width));
    draw();
    const Box box = picture();
    EXPECT_LE(std::abs(box.w * height - box.h * width), std::max(width, height)) << width << " × " << height;
    EXPECT_TRUE(screen_.kit().overflows().empty());
  }
}

TEST(APictureShelf, keeps_what_the_last_frame_showed_and_no_more) {
  PictureShelf shelf;
  const auto frame = grey_frame(50);
  shelf.begin();
  const auto serial = shelf.image(frame, 1, 100, 75).serial();
  EXPECT_EQ(shelf.image(frame, 1, 100, 75).serial(), serial);
  EXPECT_NE(shelf.image(frame, 1, 50, 37).serial(), serial) << "of another size";
  EXPECT_EQ(shelf.size(), 2U);
  shelf.begin();
  EXPECT_EQ(shelf.image(frame, 1, 100, 75).serial(), serial);
  shelf.begin();
  EXPECT_EQ(shelf.size(), 1U);
  shelf.begin();
  EXPECT_EQ(shelf.size(), 0U);
  shelf.image(frame, 2, 10, 10);
  shelf.forget();
  EXPECT_EQ(shelf.size(), 0U);
}

TEST(APictureShelf, scales_without_losing_the_corners) {
  std::string pixels(4 * 2, '\0');
  pixels.front() = '\xFF';
  pixels.back() = '\x80';
  PictureShelf shelf;
  const Image& image = shelf.image({4, 2, base::Secret(pixels)}, 1, 40, 20);
  EXPECT_EQ(image.row(0)[0], 0xFF);
  EXPECT_EQ(image.row(0)[39], 0);
  EXPECT_EQ(image.row(19)[39], 0x80);
}

}  // namespace
}  // namespace ui
