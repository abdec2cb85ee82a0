#include "hal/transport/file/wake_event.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>

#include "hal/transport/deadline.h"

namespace hal {

WakeEvent::WakeEvent() : event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

void WakeEvent::set() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(event_.get(), &one, sizeof one);  // fails only when set ever so often
}

bool WakeEvent::is_set() const { return wait(-1, 0, std::chrono::steady_clock::now()) == Woken::cancelled; }

Woken WakeEvent::wait(int file, short events, std::chrono::steady_clock::time_point deadline) const {
  while (true) {
    std::array<pollfd, 2> both{pollfd{event_.get(), POLLIN, 0}, pollfd{file, events, 0}};
    const int ready = poll(both.data(), both.size(), static_cast<int>(until(deadline).count()));
    if (both[0].revents != 0) return Woken::cancelled;
    if (ready > 0) return Woken::ready;
    if (std::chrono::steady_clock::now() >= deadline) return Woken::timeout;
  }
}

}  // namespace hal
