// GLib, below Pango, ends the process by a signal where it can go no further: no memory, no thread.
#pragma once

namespace typeset {

// From now on it ends as what no call caught (std::terminate) with the reason as a std::exception, which the program may tell.
void end_as_uncaught();

}  // namespace typeset
