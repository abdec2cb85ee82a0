// How a program of ours ends when it cannot go on: never by a signal, always with one line for staff that begins with a failure's
// code. Whoever started it (the service manager, staff) starts it again.
#pragma once

#include <functional>

#include "base/result.h"

namespace kiosk {

// From now on what no call caught ends the process at once, on whichever thread: a thread, process or memory that the machine
// refuses comes as an exception. First thing in a program of ours.
void end_plainly();

// Runs the command and gives the exit code. What is thrown where the command runs unwinds it, so that queue and devices are
// closed in order.
int exit_code_of(const std::function<base::Status()>& command);

}  // namespace kiosk
