#include "tests/journeys/virtual_display.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>

namespace journeys {

namespace {

constexpr const char* kDummyScreen = R"(Section "Device"
  Identifier "dummy"
  Driver "dummy"
  VideoRam 64000
EndSection
Section "Monitor"
  Identifier "any"
  HorizSync 5-1000
  VertRefresh 5-200
EndSection
Section "Screen"
  Identifier "screen"
  Device "dummy"
  Monitor "any"
  DefaultDepth 24
EndSection
)";

}  // namespace

std::unique_ptr<VirtualDisplay> VirtualDisplay::start(int width, int height) {
  return start({"Xvfb", "-screen", "0", fmt::format("{}x{}x24", width, height)}, {});
}

std::unique_ptr<VirtualDisplay> VirtualDisplay::start_turnable() {
  std::string made = (std::filesystem::temp_directory_path() / "linli-display-XXXXXX").string();
  const std::filesystem::path folder = mkdtemp(made.data());
  std::ofstream(folder / "xorg.conf") << kDummyScreen;
  // Of another seat than the machine's own, it asks for no console.
  return start(
      {"/usr/lib/xorg/Xorg", "-seat", "nowhere", "-config", folder / "xorg.conf", "-logfile", folder / "log", "-noreset"},
      folder);
}

std::unique_ptr<VirtualDisplay> VirtualDisplay::start(std::vector<std::string> command, std::filesystem::path folder) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return nullptr;
  command.insert(command.end(), {"-displayfd", std::to_string(ends[1]), "-nolisten", "tcp"});
  std::vector<char*> arguments;
  for (auto& word : command) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const pid_t server = fork();
  if (server == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDERR_FILENO);
    execvp(arguments[0], arguments.data());
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
  return std::unique_ptr<VirtualDisplay>(new VirtualDisplay(server, ":" + number, std::move(folder)));
}

VirtualDisplay::~VirtualDisplay() {
  freeze(false);
  kill(server_, SIGTERM);
  waitpid(server_, nullptr, 0);
  if (!folder_.empty()) std::filesystem::remove_all(folder_);
}

void VirtualDisplay::point(const std::string& actions) const {
  const std::string command = fmt::format("DISPLAY={} xdotool search --name '^Linli$' {} >/dev/null", name_, actions);
  if (std::system(command.c_str()) != 0) std::abort();
}

void VirtualDisplay::press(int x, int y) const { point(fmt::format("mousemove --window %1 {} {} mousedown 1 mouseup 1", x, y)); }

void VirtualDisplay::drag(const std::vector<std::pair<int, int>>& places) const {
  std::string actions;
  for (const auto& [x, y] : places) {
    actions += fmt::format("mousemove --window %1 {} {} ", x, y);
    if (actions.find("mousedown") == std::string::npos) actions += "mousedown 1 ";
  }
  point(actions + "mouseup 1");
}

void VirtualDisplay::strike(const std::string& key) const { point(fmt::format("windowfocus %1 key {}", key)); }

void VirtualDisplay::freeze(bool frozen) const { kill(server_, frozen ? SIGSTOP : SIGCONT); }

bool VirtualDisplay::turn(int width, int height) {
  // The dummy driver drives anything: a mode without blanking is enough.
  const auto mode = fmt::format("{}x{}-made", width, height);
  const auto command = fmt::format(
      "export DISPLAY={0}; {{ xrandr --newmode {1} 100 {2} {2} {2} {2} {3} {3} {3} {3} && xrandr --addmode DUMMY0 {1}; }} "
      ">/dev/null 2>&1; xrandr --output DUMMY0 --mode {1}",
      name_, mode, width, height);
  return std::system(command.c_str()) == 0;
}

}  // namespace journeys
