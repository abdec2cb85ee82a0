// What is left behind by code that knows nothing of secrecy, beside freed memory (base/wiping_free/).
#pragma once

namespace base {

// From now on no image of this process's memory is written when it dies, and only root can look into it. For main().
void forbid_dumps();

// Overwrites what functions that have returned left on this thread's stack: copies of short strings, buffers, arguments. For
// a thread that has dealt with a resident and is about to wait. Takes a few microseconds.
void forget_dead_stack();

}  // namespace base
