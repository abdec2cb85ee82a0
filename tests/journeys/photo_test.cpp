// A photograph of a document, from the paper below the camera to the picture at the office.
#include <algorithm>

#include "base/files.h"
#include "kiosk/app/child_process.h"
#include "tests/journeys/journey.h"
#include "tests/journeys/listener.h"
#include "tests/support/jpeg.h"

namespace {

using journeys::Journey;
using kiosk::PhotoStep;
using kiosk::PhotoView;
using kiosk::Stage;
using kiosk::VisitState;
using test_support::GreyPicture;

class APhotographOfProof : public testing::Test {
 protected:
  // Hardship aid, as far as the question for proof.
  void SetUp() override {
    journey.lay("eighty_five");
    journey.expect(Stage::services);
    journey.press("Money and allowances");
    journey.press("Hardship aid");
    journey.expect(Stage::question);
    journey.answer("Serious illness");
    journey.press("Skip");
    journey.type("500");
    journey.press("Next");
    journey.answer("None of these");
    ASSERT_TRUE(journey.sees("Have you brought proof?"));
  }

  const kiosk::PhotoEntry& photo() const { return journey.state().session->photo; }
  bool comes_to_see(PhotoView view) {
    return journey.wait_for(
        [view](const VisitState& s) { return s.session && s.session->photo.frame && s.session->photo.view == view; });
  }
  void photographs(unsigned page) {
    journey.hall().act(ui::LayDocument{page});
    ASSERT_TRUE(comes_to_see(PhotoView::good));
    journey.press("Take the photograph");
    seen.push_back({photo().frame->width, photo().frame->height, {}});
    for (const char c : photo().frame->pixels.reveal()) seen.back().pixels.push_back(static_cast<std::uint8_t>(c));
    journey.press("Use this one");
    EXPECT_EQ(photo().step, PhotoStep::kept);
  }
  void sends() {
    journey.answer("No");   // nobody came along
    journey.press("Skip");  // no telephone
    journey.press("Sign at the counter");
    journey.expect(Stage::check);
    journey.press("Right, send it");
    journey.expect(Stage::receipt);
    ASSERT_TRUE(journey.wait_for([](const VisitState& s) { return s.session && s.session->received_number.has_value(); }));
  }
  // What the office's own program opens.
  std::vector<GreyPicture> at_the_office() {
    EXPECT_EQ(journey.platform_record().size(), 1U);
    const auto folder = journey.folder() / "opened";
    std::filesystem::create_directories(folder);
    const auto shown = kiosk::ChildProcess::output_of({(kiosk::program_folder() / "linli-gateway").string(), "show", "--data",
                                                       (journey.folder() / "platform").string(), "--parts", folder.string()});
    EXPECT_TRUE(shown) << shown.error().detail;
    std::vector<std::filesystem::path> files;
    for (const auto& file : std::filesystem::directory_iterator(folder)) files.push_back(file.path());
    std::ranges::sort(files);
    std::vector<GreyPicture> pictures;
    for (const auto& file : files) {
      EXPECT_EQ(file.extension(), ".jpg");
      const auto picture = test_support::read_jpeg(base::read_file(file).value_or({}));
      EXPECT_TRUE(picture) << file;
      pictures.push_back(picture.value_or(GreyPicture{}));
    }
    return pictures;
  }
  static double difference(const GreyPicture& a, const GreyPicture& b) {
    return test_support::mean_difference(a, b.width, b.height, {reinterpret_cast<const char*>(b.pixels.data()), b.pixels.size()});
  }
  bool sensor_rests() {
    return journey.wait_for([this](const VisitState&) { return !journey.hall().camera().sensor_on(); });
  }

  Journey journey;
  std::vector<GreyPicture> seen;  // when the button was pressed
};

std::size_t files_with(const std::filesystem::path& folder, const std::string& needle) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && base::read_file(entry.path()).value_or({}).find(needle) != std::string::npos) ++count;
  return count;
}

TEST_F(APhotographOfProof, of_two_pages_is_seen_at_the_office) {
  EXPECT_TRUE(journey.sees("goes to the office with your application"));
  EXPECT_FALSE(journey.hall().camera().sensor_on()) << "before the resident asked for it";
  journey.press("Switch the camera on");
  photographs(1);
  EXPECT_TRUE(sensor_rests());
  journey.press("Another page");
  photographs(4);
  EXPECT_TRUE(journey.sees("2 photographs"));
  journey.press("Next");
  sends();
  EXPECT_EQ(files_with(journey.folder(), "\xFF\xD8\xFF\xE0"), 0U) << "no picture lies anywhere in the clear";
  const auto pictures = at_the_office();
  ASSERT_EQ(pictures.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) EXPECT_LT(difference(pictures[i], seen[i]), 3) << "page " << i + 1;
  EXPECT_GT(difference(pictures[0], seen[1]), 5) << "the pages are told apart";
}

TEST_F(APhotographOfProof, is_taken_again_until_it_is_good) {
  journey.press("Switch the camera on");
  journey.hall().act(ui::LayDocument{1});
  ASSERT_TRUE(journey.hall().camera().control("blur 80"));
  ASSERT_TRUE(comes_to_see(PhotoView::unclear));
  EXPECT_TRUE(journey.sees("The words are not clear"));
  journey.press("Take the photograph");
  EXPECT_TRUE(journey.sees("You can use it all the same."));
  journey.press("Once more");
  ASSERT_TRUE(journey.hall().camera().control("blur 0"));
  photographs(2);
  journey.press("Next");
  sends();
  const auto pictures = at_the_office();
  ASSERT_EQ(pictures.size(), 1U);
  EXPECT_LT(difference(pictures[0], seen[0]), 3);
}

TEST_F(APhotographOfProof, is_not_missed_where_there_is_no_camera) {
  journey.hall().act(ui::PlugCamera{false});
  ASSERT_TRUE(journey.wait_for([](const VisitState& s) { return s.camera.state == hal::DeviceState::no_device; }));
  EXPECT_TRUE(journey.sees("The camera does not work now"));
  EXPECT_FALSE(journey.player().press("photo/aim"));
  journey.press("Show it to the staff");
  sends();
  EXPECT_TRUE(at_the_office().empty());
}

TEST_F(APhotographOfProof, goes_on_when_the_camera_is_pulled_and_when_it_is_back) {
  journey.press("Switch the camera on");
  photographs(1);
  journey.press("Another page");
  journey.hall().act(ui::LayDocument{2});
  ASSERT_TRUE(comes_to_see(PhotoView::good));
  journey.hall().act(ui::PlugCamera{false});
  ASSERT_TRUE(journey.wait_for([](const VisitState& s) { return s.session->photo.step == PhotoStep::kept; }));
  EXPECT_TRUE(journey.sees("The camera does not work now"));
  EXPECT_TRUE(journey.sees("1 photograph")) << "what was kept is kept";
  journey.hall().act(ui::PlugCamera{true});
  ASSERT_TRUE(journey.wait_for([](const VisitState& s) { return s.camera.state == hal::DeviceState::online; }));
  journey.press("Another page");
  photographs(2);
  journey.press("Next");
  sends();
  EXPECT_EQ(at_the_office().size(), 2U);
}

TEST_F(APhotographOfProof, leaves_nothing_when_somebody_walks_away) {
  journey.press("Switch the camera on");
  photographs(1);
  journey.press("Another page");
  ASSERT_TRUE(comes_to_see(PhotoView::good));
  journey.lift();
  ASSERT_TRUE(journey.wait_for([](const VisitState& s) { return s.overlay == kiosk::Overlay::card_away; }));
  EXPECT_TRUE(sensor_rests());
  for (int second = 0; second < 50 && journey.state().session; ++second) journey.skip(std::chrono::seconds{1});
  EXPECT_FALSE(journey.state().session);
  EXPECT_TRUE(sensor_rests());
  EXPECT_EQ(files_with(journey.folder(), "JFIF"), 0U);
}

TEST_F(APhotographOfProof, is_taken_by_ear_and_keys_alone) {
  journeys::Keypad keys(journey);
  keys.plug_headset();
  const auto chooses = [&](const std::string& id) {
    for (int i = 0; i < 40; ++i) {
      keys.press(ui::Key::down);
      if (journey.screen().focus() != id) continue;
      keys.press(ui::Key::ok);
      return true;
    }
    return false;
  };
  const auto hears = [&](const std::string& words) {
    return journey.wait_for([&](const VisitState&) {
      keys.look();
      const auto fresh = keys.heard();
      return std::ranges::any_of(fresh, [&](const std::string& each) { return each.find(words) != std::string::npos; });
    });
  };
  ASSERT_TRUE(chooses("photo/aim"));
  EXPECT_TRUE(hears("Lay the page flat below the camera"));
  journey.hall().act(ui::LayDocument{3});
  EXPECT_TRUE(hears("The page is clear"));
  ASSERT_TRUE(chooses("photo/take"));
  EXPECT_TRUE(hears("Use it if you can read everything."));
  ASSERT_TRUE(chooses("photo/keep"));
  EXPECT_TRUE(hears("1 photograph"));
  EXPECT_EQ(photo().taken.size(), 1U);
}

}  // namespace
