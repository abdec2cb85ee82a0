#include "kiosk/app/headset_jack.h"

#include <fcntl.h>
#include <linux/input.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>

#include "base/file_descriptor.h"
#include "base/log.h"

namespace kiosk {
namespace {

constexpr std::chrono::milliseconds kStopCheck{500};  // two wake-ups a second, of a thread that does nothing else

bool plugged_now(int file) {
  std::array<unsigned char, SW_MAX / 8 + 1> switches{};
  if (ioctl(file, EVIOCGSW(switches.size()), switches.data()) < 0) return false;
  return (switches.at(SW_HEADPHONE_INSERT / 8) >> (SW_HEADPHONE_INSERT % 8) & 1U) != 0;
}

void watch(const std::string& device, const std::function<void(bool)>& changed, const std::stop_token& stop) {
  const base::FileDescriptor file(open(device.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.valid()) changed(plugged_now(file.get()));
  while (file.valid() && !stop.stop_requested()) {
    pollfd waiting{file.get(), POLLIN, 0};
    if (poll(&waiting, 1, static_cast<int>(kStopCheck.count())) <= 0) continue;
    input_event event{};
    const ssize_t count = read(file.get(), &event, sizeof event);
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count != sizeof event) break;
    if (event.type == EV_SW && event.code == SW_HEADPHONE_INSERT) changed(event.value != 0);
  }
  if (!stop.stop_requested()) base::log::failure({base::Failure::asset_missing, "the headset's jack: " + device});
}

}  // namespace

HeadsetJack::HeadsetJack(std::string device, std::function<void(bool plugged)> changed)
    : reader_([device = std::move(device), changed = std::move(changed)](const std::stop_token& stop) {
        watch(device, changed, stop);
      }) {}

}  // namespace kiosk
