// The terminal's own window, in full screen, on a display that somebody turns while it runs.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "kiosk/app/child_process.h"
#include "tests/journeys/screen_reader.h"
#include "tests/journeys/virtual_display.h"
#include "tests/support/temporary_folder.h"

namespace {

using journeys::ScreenReader;

class ATurnedDisplay : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(display_) << "Xorg's dummy server does not start";
    ASSERT_TRUE(display_->turn(1080, 1920));
    setenv("DISPLAY", display_->name().c_str(), 1);
    const auto file = folder_ / "kiosk.toml";
    std::ofstream(file) << "data = \"data\"\n[hall]\nname_zh = \"测试\"\nname_en = \"Test\"\nterminal = \"T-01\"\n"
                        << "[panel]\nwidth_mm = 268\nwidth_px = 1080\nheight_px = 1920\n"
                        << "[platform]\nurl = \"http://127.0.0.1:1\"\noffice_key = \"" << std::string(64, 'a') << "\"\n";
    auto started = kiosk::ChildProcess::start(
        {(kiosk::program_folder() / "linli-kiosk").string(), "run", "--config", file.string(), "--tree"},
        [this](const std::string& line) { screen_.see(line); });
    ASSERT_TRUE(started);
    kiosk_ = *std::move(started);
  }

  // Once is enough unless the page has just changed: then the kiosk takes no press, as it would take none of a trembling hand.
  void press_until(const std::string& label, const std::string& stage) {
    for (int tries = 0; tries < 8; ++tries) {
      const auto spot = screen_.find(label, ScreenReader::kPatience);
      ASSERT_TRUE(spot) << "no \"" << label << "\" in: " << screen_.labels();
      display_->press(spot->x, spot->y);
      if (screen_.reaches(stage, std::chrono::seconds{2})) return;
    }
    FAIL() << "\"" << label << "\" does not lead to " << stage << ": " << screen_.labels();
  }

  std::unique_ptr<journeys::VirtualDisplay> display_ = journeys::VirtualDisplay::start_turnable();
  test_support::TemporaryFolder folder_;
  ScreenReader screen_;
  std::unique_ptr<kiosk::ChildProcess> kiosk_;
};

TEST_F(ATurnedDisplay, is_covered_anew_and_the_page_stays) {
  ASSERT_TRUE(screen_.covers(1080, 1920, ScreenReader::kPatience)) << screen_.labels();
  press_until("browse", "services");
  for (const auto& [width, height] : {std::pair{1920, 1080}, {1080, 1920}, {1366, 768}}) {
    ASSERT_TRUE(display_->turn(width, height));
    EXPECT_TRUE(screen_.covers(width, height, ScreenReader::kPatience)) << width << " x " << height << ": " << screen_.labels();
    EXPECT_TRUE(screen_.reaches("services", ScreenReader::kPatience)) << screen_.labels();
  }
  press_until("back", "welcome");  // where the button is seen, it is felt
}

}  // namespace
