#include "gateway/app/event_lines.h"

#include <poll.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "base/log.h"

namespace gateway {
namespace {

void tell(const nlohmann::ordered_json& event) {
  const std::string line = event.dump() + "\n";
  pollfd out{STDOUT_FILENO, POLLOUT, 0};
  // A pipe that is writable takes PIPE_BUF (4096) bytes without blocking.
  if (poll(&out, 1, 0) != 1 || (out.revents & POLLOUT) == 0 || write(STDOUT_FILENO, line.data(), line.size()) < 0)
    base::log::warning("nobody reads standard output: an event line was dropped");
}

}  // namespace

void tell_listening(std::uint16_t port) { tell({{"event", "listening"}, {"port", port}}); }

void tell_received(const StoredApplication& application, bool repeat) {
  tell({{"event", "received"},
        {"id", application.id},
        {"number", application.number},
        {"terminal", application.terminal},
        {"service", application.service.id},
        {"at", application.received},
        {"repeat", repeat}});
}

}  // namespace gateway
