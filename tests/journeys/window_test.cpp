// The demo as a person meets it: the real program in a real window, a real pointer.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <vector>

#include "kiosk/app/child_process.h"
#include "tests/journeys/screen_reader.h"
#include "tests/journeys/virtual_display.h"

namespace {

using journeys::ScreenReader;
using journeys::VirtualDisplay;

class AWindow : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(display_) << "Xvfb does not start";
    setenv("DISPLAY", display_->name().c_str(), 1);
    std::string folder = (std::filesystem::temp_directory_path() / "linli-window-XXXXXX").string();
    folder_ = mkdtemp(folder.data());
    auto started = kiosk::ChildProcess::start(
        {(kiosk::program_folder() / "linli-kiosk").string(), "demo", "--lang", "en", "--tree", "--data", folder_.string()},
        [this](const std::string& line) { screen_.see(line); });
    ASSERT_TRUE(started);
    kiosk_ = *std::move(started);
  }
  void TearDown() override {
    kiosk_.reset();
    std::filesystem::remove_all(folder_);
  }

  // Presses the label until the next one can be pressed. Once is enough unless a page has just changed: then the kiosk takes
  // no press, as it would take none of a trembling hand.
  void press(const std::string& label, const std::string& then) {
    for (int tries = 0; tries < 8; ++tries) {
      const auto spot = screen_.find(label, ScreenReader::kPatience);  // a notice that goes moves what is below it
      ASSERT_TRUE(spot) << "no \"" << label << "\" in: " << screen_.labels();
      display_->press(spot->x, spot->y);
      if (screen_.find(then, std::chrono::seconds{1})) return;
    }
    FAIL() << "\"" << label << "\" does not lead to \"" << then << "\": " << screen_.labels();
  }
  void expect(const std::string& stage) { ASSERT_TRUE(screen_.reaches(stage, ScreenReader::kPatience)) << screen_.labels(); }
  void press_until(const std::string& label, const std::string& stage) {
    for (int tries = 0; tries < 8; ++tries) {
      const auto spot = screen_.find(label, ScreenReader::kPatience);
      ASSERT_TRUE(spot) << screen_.labels();
      display_->press(spot->x, spot->y);
      if (screen_.reaches(stage, std::chrono::seconds{1})) return;
    }
    FAIL() << "\"" << label << "\" does not lead to " << stage << ": " << screen_.labels();
  }

  std::unique_ptr<VirtualDisplay> display_ = VirtualDisplay::start(1280, 1024);
  std::filesystem::path folder_;
  ScreenReader screen_;
  std::unique_ptr<kiosk::ChildProcess> kiosk_;
};

TEST_F(AWindow, carries_a_whole_visit_by_real_presses_on_dock_and_kiosk) {
  const std::vector<std::string> way{"Money and allowances",
                                     "Senior allowance",
                                     "Yes, that is right",
                                     "Next",
                                     "At home",
                                     "Next",
                                     "No",
                                     "Next",
                                     "Social security card",
                                     "Next",
                                     "Skip",
                                     "Yes, you may",
                                     "Next",
                                     "Yes, all of it",
                                     "Next",
                                     "Right, send it",
                                     "Done",
                                     "Lift the card"};
  press_until("Wang Xiulan, 85", "services");
  for (int tries = 0; tries < 8 && !screen_.find("Money and allowances", std::chrono::seconds{1}); ++tries)
    if (const auto more = screen_.find("more", ScreenReader::kPatience)) display_->press(more->x, more->y);
  for (std::size_t i = 0; i + 1 < way.size() && !HasFatalFailure(); ++i) press(way[i], way[i + 1]);
  press_until("Done", "take_card");
  press_until("Lift the card", "wiped");
  EXPECT_TRUE(screen_.has_shown("senior-allowance")) << "the dock shows what the platform has received";
}

// F3 begins reading aloud, Down walks, Enter chooses; Ctrl+Alt+F1 and Escape do nothing.
TEST_F(AWindow, is_read_aloud_and_walked_by_real_keys) {
  expect("welcome");
  display_->strike("ctrl+alt+F1");
  display_->strike("Escape");
  // A key within half a second of a new page is taken for a tremor's.
  // Struck again too soon, F3 would open the page about the voice.
  for (int tries = 0; tries < 8 && !screen_.hears("Reading aloud.", std::chrono::seconds{5}); ++tries) display_->strike("F3");
  ASSERT_TRUE(screen_.hears("Reading aloud.", ScreenReader::kPatience));
  EXPECT_TRUE(screen_.hears("Lay your ID card down", ScreenReader::kPatience));
  for (int i = 0; i < 60 && !screen_.focuses("browse", std::chrono::milliseconds{500}); ++i) display_->strike("Down");
  for (int tries = 0; tries < 8 && !screen_.reaches("services", std::chrono::seconds{5}); ++tries) display_->strike("Return");
  expect("services");
}

// A pointer is down for no time at all; and the touch by which the voice waits does not stop it.
TEST_F(AWindow, shows_every_press_and_lets_the_voice_wait_and_go_on) {
  expect("welcome");
  press("Listen", "Pause");
  EXPECT_TRUE(screen_.has_been_pressed("listen"));
  press("Pause", "Go on");
  press("Go on", "Pause");
}

TEST_F(AWindow, loads_no_graphics_driver) {
  expect("welcome");
  const auto pid = kiosk_->pid();
  auto listing = kiosk::ChildProcess::output_of({"/bin/cat", "/proc/" + std::to_string(pid) + "/maps"});
  ASSERT_TRUE(listing);
  for (const auto* driver : {"libGL", "swrast", "dri", "libLLVM"}) EXPECT_EQ(listing->find(driver), std::string::npos) << driver;
}

}  // namespace
