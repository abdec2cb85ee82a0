// The plug of a headset, told by a device that comes and goes. A FIFO stands for it: it cannot be asked, but tells the same.
#include "kiosk/app/headset_jack.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/input.h>
#include <sys/stat.h>
#include <unistd.h>

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <mutex>

#include "base/file_descriptor.h"
#include "tests/support/temporary_folder.h"

namespace {

using namespace std::chrono_literals;

class AJack : public testing::Test {
 protected:
  std::string device() const { return (folder_ / "jack").string(); }

  // In the place of what had the name before.
  void comes() {
    const std::string made = (folder_ / "new").string();
    ASSERT_EQ(mkfifo(made.c_str(), 0600), 0);
    std::filesystem::rename(made, device());
  }
  void is_opened() { writer_ = base::FileDescriptor(open(device().c_str(), O_WRONLY | O_CLOEXEC)); }
  void plug(bool in) const {
    input_event event{};
    event.type = EV_SW;
    event.code = SW_HEADPHONE_INSERT;
    event.value = in ? 1 : 0;
    ASSERT_EQ(write(writer_.get(), &event, sizeof event), static_cast<ssize_t>(sizeof event));
  }
  void goes() { writer_.reset(); }

  std::optional<bool> hears() {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, 10s, [this] { return !told_.empty(); })) return std::nullopt;
    const bool plugged = told_.front();
    told_.pop_front();
    return plugged;
  }
  void tell(bool plugged) {
    const std::lock_guard lock(mutex_);
    told_.push_back(plugged);
    changed_.notify_all();
  }

  test_support::TemporaryFolder folder_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<bool> told_;
  base::FileDescriptor writer_;
};

TEST_F(AJack, tells_of_the_plug) {
  comes();
  kiosk::HeadsetJack jack(device(), [this](bool plugged) { tell(plugged); });
  EXPECT_EQ(hears(), false);
  is_opened();
  plug(true);
  EXPECT_EQ(hears(), true);
  plug(false);
  EXPECT_EQ(hears(), false);
}

TEST_F(AJack, is_waited_for_and_comes_back) {
  kiosk::HeadsetJack jack(device(), [this](bool plugged) { tell(plugged); });
  comes();
  EXPECT_EQ(hears(), false);
  is_opened();
  plug(true);
  EXPECT_EQ(hears(), true);
  comes();  // another in its place
  goes();
  EXPECT_EQ(hears(), false) << "with the device the headset is gone";
  is_opened();
  plug(true);
  EXPECT_EQ(hears(), true);
}

// Whoever leaves while it sleeps is not kept.
TEST_F(AJack, that_never_comes_ends_at_once) {
  const auto began = std::chrono::steady_clock::now();
  {
    kiosk::HeadsetJack jack(device(), [this](bool plugged) { tell(plugged); });
  }
  EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
}

}  // namespace
