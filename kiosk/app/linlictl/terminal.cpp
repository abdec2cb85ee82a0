#include "kiosk/app/linlictl/terminal.h"

#include <cstdlib>

#include "kiosk/app/control/control_path.h"
#include "kiosk/app/default_data.h"
#include "kiosk/configuration.h"

namespace linlictl {

std::optional<kiosk::ControlClient> Terminal::running_kiosk() const {
  if (!socket.empty()) return kiosk::ControlClient::open(socket);
  std::vector<std::filesystem::path> places;
  if (const auto read = kiosk::load_configuration(configuration); read)
    places.push_back(kiosk::control_path(read->control.socket, read->data));
  places.emplace_back(kiosk::kInstalledControlSocket);
  places.push_back(kiosk::default_data() / "control.sock");
  for (const auto& place : places)
    if (auto client = kiosk::ControlClient::open(place)) return client;
  return std::nullopt;
}

}  // namespace linlictl
