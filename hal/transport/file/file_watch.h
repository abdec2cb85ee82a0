// Waits for a device file to come: "/dev/ttyUSB0", or a link in a folder that itself comes and goes (/dev/serial/by-path).
#pragma once

#include <chrono>
#include <string>

#include "hal/transport/file/wake_event.h"

namespace hal {

// Returns when the file is there though it was not `there_before`, when it was made anew or given other rights, when the
// time is over, or when `cancelled` is set.
void wait_for_file(const std::string& path, bool there_before, const WakeEvent& cancelled, std::chrono::milliseconds patience);

}  // namespace hal
