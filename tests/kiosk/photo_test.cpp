// What is seen of a document, and the JPEG that is made of it.
#include "kiosk/photo.h"

#include <gtest/gtest.h>

#include <random>

#include "hal/simulated/code_scene.h"
#include "hal/simulated/document_page.h"
#include "tests/support/jpeg.h"

namespace {

using kiosk::PhotoEye;
using kiosk::PhotoView;

hal::CameraFrame frame_of(const std::vector<std::uint8_t>& pixels, int width, int height) {
  return {width, height, base::Secret({reinterpret_cast<const char*>(pixels.data()), pixels.size()})};
}

// A page on a table, as the simulated camera has it.
hal::CodeScene table() {
  hal::CodeScene scene;
  scene.width = 800;
  scene.height = 600;
  scene.corners = hal::rectangle({400, 300}, 340, 480, 0);
  return scene;
}
hal::CameraFrame seen(const hal::CodeScene& scene, bool page = true) {
  const auto document = hal::document_page(1);
  return frame_of(hal::render_scene(page ? &document : nullptr, scene, 3), scene.width, scene.height);
}
PhotoView view_of(const hal::CodeScene& scene, bool page = true) { return PhotoEye().look(seen(scene, page)); }

TEST(APhotoEye, knows_a_page_from_an_empty_table) {
  EXPECT_EQ(view_of(table()), PhotoView::good);
  EXPECT_EQ(view_of(table(), false), PhotoView::nothing);
}

TEST(APhotoEye, sees_a_page_that_lies_askew_and_in_uneven_light) {
  auto scene = table();
  scene.corners = hal::rectangle({380, 310}, 340, 480, 0.2);
  scene.light_slope = 0.3;
  scene.noise = 6;
  EXPECT_EQ(view_of(scene), PhotoView::good);
}

TEST(APhotoEye, tells_what_is_wrong) {
  auto dark = table();
  dark.paper = 40;
  dark.background = 20;
  dark.ink = 10;
  EXPECT_EQ(view_of(dark), PhotoView::dark);
  auto glare = table();
  glare.glare = hal::Glare{{400, 300}, 110, 250};
  EXPECT_EQ(view_of(glare), PhotoView::glare);
  for (const double blur : {3.0, 5.0, 12.0}) {
    auto blurred = table();
    blurred.focus_blur = blur;
    EXPECT_EQ(view_of(blurred), PhotoView::unclear) << blur;
  }
  for (const double angle : {0.0, 1.57}) {
    auto shaken = table();
    shaken.motion = 20;
    shaken.motion_angle = angle;
    EXPECT_EQ(view_of(shaken), PhotoView::unclear) << angle;
  }
}

TEST(APhotoEye, sees_that_the_page_moves_and_that_it_lies_still) {
  PhotoEye eye;
  EXPECT_EQ(eye.look(seen(table())), PhotoView::good);
  auto elsewhere = table();
  elsewhere.corners = hal::rectangle({300, 300}, 340, 480, 0);
  EXPECT_EQ(eye.look(seen(elsewhere)), PhotoView::moved);
  EXPECT_EQ(eye.look(seen(elsewhere)), PhotoView::good);
}

TEST(APhotoEye, minds_no_frame_that_is_not_whole) {
  PhotoEye eye;
  EXPECT_EQ(eye.look({}), PhotoView::unknown);
  EXPECT_EQ(eye.look({640, 480, base::Secret("too short")}), PhotoView::unknown);
  EXPECT_EQ(eye.look({-4, -4, base::Secret("0123456789abcdef")}), PhotoView::unknown);
  EXPECT_EQ(eye.look({1, 1, base::Secret("x")}), PhotoView::unknown);
}

constexpr std::size_t kLimit = 512U * 1024U;

TEST(APhotograph, is_a_jpeg_that_shows_the_page) {
  const auto frame = seen(table());
  const auto jpeg = kiosk::photo_jpeg(frame, kLimit);
  ASSERT_TRUE(jpeg);
  const auto read = test_support::read_jpeg(jpeg->reveal());
  ASSERT_TRUE(read);
  EXPECT_LT(test_support::mean_difference(*read, frame.width, frame.height, frame.pixels.reveal()), 3);
}

TEST(APhotograph, says_nothing_but_the_picture) {
  const auto jpeg = kiosk::photo_jpeg(seen(table()), kLimit);
  ASSERT_TRUE(jpeg);
  const std::vector<std::uint8_t> markers = test_support::jpeg_segments(jpeg->reveal());
  // JFIF, a table of quantisation, the frame, two of codes: no EXIF, no comment, nothing of an application.
  EXPECT_EQ(markers, (std::vector<std::uint8_t>{0xE0, 0xDB, 0xC0, 0xC4, 0xC4}));
}

hal::CameraFrame noise(int width, int height) {
  std::mt19937 engine(11);
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (auto& each : pixels) each = static_cast<std::uint8_t>(engine());
  return frame_of(pixels, width, height);
}

TEST(APhotograph, keeps_within_its_limit_by_quality_and_then_by_size) {
  const auto page = seen(table());
  const auto best = kiosk::photo_jpeg(page, kLimit);
  ASSERT_TRUE(best);
  const auto tight = kiosk::photo_jpeg(page, best->size() - 1);
  ASSERT_TRUE(tight);
  EXPECT_LT(tight->size(), best->size());
  EXPECT_EQ(test_support::read_jpeg(tight->reveal()).value().width, page.width) << "quality alone was enough";
  const auto wild = noise(1920, 1080);
  for (const std::size_t limit : {40'000U, 120'000U, 400'000U}) {
    const auto jpeg = kiosk::photo_jpeg(wild, limit);
    ASSERT_TRUE(jpeg) << limit;
    EXPECT_LE(jpeg->size(), limit);
    const auto read = test_support::read_jpeg(jpeg->reveal());
    ASSERT_TRUE(read) << limit;
    EXPECT_LT(read->width, wild.width);
    EXPECT_NEAR(static_cast<double>(read->width) / read->height, 1920.0 / 1080, 0.02);
  }
}

TEST(APhotograph, that_cannot_be_made_is_a_failure_and_no_half_of_one) {
  EXPECT_FALSE(kiosk::photo_jpeg(noise(1920, 1080), 2000));
  EXPECT_FALSE(kiosk::photo_jpeg({640, 480, base::Secret("too short")}, kLimit));
  EXPECT_FALSE(kiosk::photo_jpeg({}, kLimit));
}

TEST(ASmallerPicture, keeps_the_proportions_and_the_light) {
  const auto frame = seen(table());
  const auto small = kiosk::smaller(frame, 200);
  EXPECT_EQ(small.width, 200);
  EXPECT_EQ(small.height, 150);
  ASSERT_TRUE(kiosk::is_whole(small));
  const auto mean = [](const hal::CameraFrame& each) {
    double sum = 0;
    for (const char c : each.pixels.reveal()) sum += static_cast<unsigned char>(c);
    return sum / static_cast<double>(each.pixels.size());
  };
  EXPECT_NEAR(mean(small), mean(frame), 1.5);
  EXPECT_EQ(kiosk::smaller(frame, 5000).width, frame.width) << "never larger";
}

}  // namespace
