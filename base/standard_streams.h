// A service outlives whoever started it and whoever reads what it says.
#pragma once

namespace base {

// First thing in a program that stays: a standard stream that is closed becomes /dev/null, so that no file of ours ever gets its
// number and a log written into it; writing to a reader that has gone, or past a limit of size, is an error and not a death.
void keep_standard_streams();

}  // namespace base
