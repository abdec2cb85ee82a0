#include "ui/window.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <thread>

namespace ui {
namespace {

using namespace std::chrono_literals;

bool mapped(const std::string& part) {
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);)
    if (line.find(part) != std::string::npos) return true;
  return false;
}

class AWindow : public testing::Test {
 protected:
  AWindow() {
    if (std::getenv("DISPLAY") == nullptr) setenv("SDL_VIDEODRIVER", "dummy", 1);
  }
};

TEST_F(AWindow, shows_pixels_without_any_gl_driver) {
  auto window = Window::open("test", 320, 200, WindowMode::windowed);
  ASSERT_TRUE(window) << window.error().detail;
  Surface surface = (*window)->surface();
  ASSERT_GT(surface.width(), 0);
  surface.row(0)[0] = 0x00FF0000;
  const Box all = surface.box();
  (*window)->present({&all, 1});
  for (const char* driver : {"libGL.so", "libGLX", "libEGL", "swrast", "llvmpipe", "libgallium", "/dri/"})
    EXPECT_FALSE(mapped(driver)) << driver;
}

TEST_F(AWindow, can_be_woken_from_another_thread) {
  auto window = Window::open("test", 320, 200, WindowMode::windowed);
  ASSERT_TRUE(window);
  while ((*window)->wait(0ms).repaint) {}
  std::thread waker([&] { (*window)->wake(); });
  (*window)->wait(std::nullopt);  // would hang for ever
  waker.join();
}

TEST_F(AWindow, ends_a_wait_in_time) {
  auto window = Window::open("test", 320, 200, WindowMode::windowed);
  ASSERT_TRUE(window);
  EXPECT_FALSE((*window)->wait(1ms).closed);
}

TEST(NoDisplay, is_said_plainly) {
  setenv("SDL_VIDEODRIVER", "no-such-driver", 1);
  const auto window = Window::open("test", 320, 200, WindowMode::windowed);
  ASSERT_FALSE(window);
  EXPECT_EQ(window.error().failure, base::Failure::screen_unavailable);
  unsetenv("SDL_VIDEODRIVER");
}

}  // namespace
}  // namespace ui
