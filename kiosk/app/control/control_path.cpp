#include "kiosk/app/control/control_path.h"

#include <cstdlib>

namespace kiosk {

std::filesystem::path control_path(const std::filesystem::path& socket, const std::filesystem::path& data) {
  if (!socket.empty()) return socket;
  // systemd names the folders of RuntimeDirectory= here, separated by colons.
  if (const char* runtime = std::getenv("RUNTIME_DIRECTORY"); runtime != nullptr && *runtime == '/') {
    const std::string folders = runtime;
    return std::filesystem::path(folders.substr(0, folders.find(':'))) / "control.sock";
  }
  return data / "control.sock";
}

}  // namespace kiosk
