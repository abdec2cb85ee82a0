// What the running server tells its parent: one JSON object per line on standard output. No personal data.
#pragma once

#include <cstdint>

#include "gateway/application_store.h"

namespace gateway {

// A line is written at once and whole, or, when nobody reads and the pipe is full, not at all: a parent that stopped
// reading must not hold an application up. Applications are in the store, not in these lines.
void tell_listening(std::uint16_t port);
void tell_received(const StoredApplication& application, bool repeat);

}  // namespace gateway
