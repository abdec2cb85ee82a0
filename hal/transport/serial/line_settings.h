// termios of a raw line.
#pragma once

#include "hal/transport/port_address.h"

namespace hal {

// False when the line does not take the settings or is none. Throws away what waited in it.
bool set_up_line(int file, const PortAddress& address);

}  // namespace hal
