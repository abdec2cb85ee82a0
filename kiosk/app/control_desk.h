#pragma once

#include <memory>

#include "kiosk/app/control/control_server.h"
#include "kiosk/app/kiosk.h"

namespace kiosk {

// Opens the control socket of `kiosk`, which outlives it. Null when it cannot be opened; the log says why, and the kiosk
// works without.
std::unique_ptr<ControlServer> open_control_desk(Kiosk& kiosk, const std::filesystem::path& socket,
                                                 const std::string& group = {});

}  // namespace kiosk
