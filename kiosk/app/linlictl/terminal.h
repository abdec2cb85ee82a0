// The terminal that linlictl is about: where its configuration is, and the running kiosk if there is one.
#pragma once

#include <filesystem>
#include <optional>

#include "kiosk/app/control/control_client.h"

namespace linlictl {

struct Terminal {
  std::filesystem::path configuration = "/etc/linli/kiosk.toml";
  std::filesystem::path socket;  // of --socket; empty: those below in turn

  // A connection to the running kiosk: at --socket, or where the configuration says, or where the installed service and then
  // the demo have it. Nothing when none answers.
  std::optional<kiosk::ControlClient> running_kiosk() const;
};

// What the subcommands end with.
enum ExitCode : int {
  kWell = 0,
  kTrouble = 1,     // it was looked, and something is wrong
  kImpossible = 2,  // it could not be looked: no kiosk runs, a wrong option, no such device
};

}  // namespace linlictl
