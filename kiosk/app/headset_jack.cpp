#include "kiosk/app/headset_jack.h"

#include <fcntl.h>
#include <linux/input.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <optional>
#include <utility>

#include "base/file_descriptor.h"
#include "base/log.h"
#include "hal/transport/deadline.h"
#include "hal/transport/file/file_watch.h"

namespace kiosk {
namespace {

// After one that went: what took its place before it was waited for would otherwise be missed.
constexpr std::chrono::milliseconds kSettled{1'000};

bool plugged_now(int file) {
  std::array<unsigned char, SW_MAX / 8 + 1> switches{};
  if (ioctl(file, EVIOCGSW(switches.size()), switches.data()) < 0) return false;
  return (switches.at(SW_HEADPHONE_INSERT / 8) >> (SW_HEADPHONE_INSERT % 8) & 1U) != 0;
}

class JackWatch {
 public:
  JackWatch(std::string device, const std::function<void(bool)>& changed, const hal::WakeEvent& stop)
      : device_(std::move(device)), changed_(changed), stop_(stop) {}

  void run() {
    while (!stop_.is_set()) {
      const bool there = is_there();  // before it is opened: what comes in between is seen by one of the two
      const base::FileDescriptor file(open(device_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
      if (file.valid()) follow(file.get());
      if (stop_.is_set()) return;
      if (!std::exchange(missed_, true)) base::log::failure({base::Failure::asset_missing, "the headset's jack: " + device_});
      if (file.valid() && is_another(file.get())) continue;
      hal::wait_for_file(device_, there, stop_, file.valid() ? kSettled : hal::kLongestPatience);
    }
  }

 private:
  // Until the device goes.
  void follow(int file) {
    missed_ = false;
    tell(plugged_now(file));
    while (true) {
      const auto woken = stop_.wait(file, POLLIN, hal::deadline_after(hal::kLongestPatience));
      if (woken == hal::Woken::cancelled) return;
      if (woken == hal::Woken::timeout) continue;
      input_event event{};
      const ssize_t count = read(file, &event, sizeof event);
      if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
      if (count != sizeof event) return tell(false);
      if (event.type == EV_SW && event.code == SW_HEADPHONE_INSERT) tell(event.value != 0);
      if (event.type == EV_SYN && event.code == SYN_DROPPED) tell(plugged_now(file));
    }
  }

  void tell(bool plugged) {
    if (std::exchange(told_, plugged) != plugged) changed_(plugged);
  }

  bool is_there() const {
    struct stat now {};
    return stat(device_.c_str(), &now) == 0;
  }

  // What has this name now is not what was opened.
  bool is_another(int file) const {
    struct stat opened {
    }, now{};
    return fstat(file, &opened) == 0 && stat(device_.c_str(), &now) == 0 &&
           (opened.st_ino != now.st_ino || opened.st_dev != now.st_dev);
  }

  const std::string device_;
  const std::function<void(bool)>& changed_;
  const hal::WakeEvent& stop_;
  std::optional<bool> told_;
  bool missed_ = false;
};

}  // namespace

HeadsetJack::HeadsetJack(std::string device, std::function<void(bool plugged)> changed)
    : reader_([this, device = std::move(device), changed = std::move(changed)] { JackWatch(device, changed, stop_).run(); }) {}

HeadsetJack::~HeadsetJack() { stop_.set(); }

}  // namespace kiosk
