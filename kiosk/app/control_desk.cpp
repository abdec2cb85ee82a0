#include "kiosk/app/control_desk.h"

#include "base/log.h"

namespace kiosk {

std::unique_ptr<ControlServer> open_control_desk(Kiosk& kiosk, const std::filesystem::path& socket, const std::string& group) {
  auto server = ControlServer::open(socket, group, [&kiosk](ControlCall call) { kiosk.ask(std::move(call)); });
  if (!server) return base::log::failure(server.error()), nullptr;
  return *std::move(server);
}

}  // namespace kiosk
