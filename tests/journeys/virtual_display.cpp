#include "tests/journeys/virtual_display.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

namespace journeys {

std::unique_ptr<VirtualDisplay> VirtualDisplay::start(int width, int height) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return nullptr;
  const std::string geometry = fmt::format("{}x{}x24", width, height);
  const std::string report = std::to_string(ends[1]);
  const pid_t server = fork();
  if (server == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDERR_FILENO);
    execlp("Xvfb", "Xvfb", "-displayfd", report.c_str(), "-screen", "0", geometry.c_str(), "-nolisten", "tcp", nullptr);
    _exit(127);
  }
  close(ends[1]);
  // The server writes its number when it is ready to be used.
  std::string number;
  char c = 0;
  while (read(ends[0], &c, 1) == 1 && c != '\n') number.push_back(c);
  close(ends[0]);
  if (number.empty()) {
    waitpid(server, nullptr, 0);
    return nullptr;
  }
  return std::unique_ptr<VirtualDisplay>(new VirtualDisplay(server, ":" + number));
}

VirtualDisplay::~VirtualDisplay() {
  kill(server_, SIGTERM);
  waitpid(server_, nullptr, 0);
}

void VirtualDisplay::point(const std::string& actions) const {
  const std::string command = fmt::format("DISPLAY={} xdotool search --name '^Linli$' {} >/dev/null", name_, actions);
  if (std::system(command.c_str()) != 0) std::abort();
}

void VirtualDisplay::press(int x, int y) const { point(fmt::format("mousemove --window %1 {} {} mousedown 1 mouseup 1", x, y)); }

void VirtualDisplay::strike(const std::string& key) const { point(fmt::format("windowfocus %1 key {}", key)); }

}  // namespace journeys
