// What the process that looks into frames may still do, once it looks: compute, use its memory, and answer.
#pragma once

#include <chrono>
#include <cstddef>

namespace hal {

inline constexpr std::size_t kDecoderMemory = 256UL * 1024 * 1024;  // bytes of address space
inline constexpr std::chrono::seconds kProcessorTimeOfAFrame{1};

// Limits on memory, files (none can be opened, no socket made), file size and core dumps, and no new privileges: the
// process must not go on when this is false.
bool confine_resources();
// Any system call but the few that decoding needs ends the process. False where the kernel has no seccomp; the limits
// above hold all the same.
bool filter_system_calls();
// From now on one frame's processor time; more ends the process.
void grant_processor_time();

}  // namespace hal
