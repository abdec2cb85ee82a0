// Work that nobody waits for: what blocks in a library without a limit, and may be left alone.
#pragma once

#include <functional>

namespace base {

// False when the machine has no thread left to give; nothing runs then. What `work` uses has to belong to it, because it
// may outlive its starter. It gets no signal: what nobody reads any more is an error of the call that writes (EPIPE).
[[nodiscard]] bool run_detached(std::function<void()> work);

}  // namespace base
