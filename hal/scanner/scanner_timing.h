// How long the driver of a scanner waits. Defaults from practice in the field (facts on framing); tests shorten them.
#pragma once

#include <chrono>

namespace hal {

struct ScannerTiming {
  using ms = std::chrono::milliseconds;

  ms fragment{500};   // for the next report of a code that goes on
  ms gap{100};        // silence that ends a code without a suffix
  ms suffix_gap{30};  // silence after a suffix, before it counts as one: a CR inside a code is followed at once

  ms listen{500};          // longest single read while nothing is said; also how late a check may begin
  ms away{1000};           // a driver kept from listening for so long drops what came meanwhile, when it is armed
  ms answer{1000};         // for a scanner to take what it is told
  ms reopen_pause{100};    // least time between two attempts to open
  ms absent_period{1000};  // longest wait for a device to come before trying again by itself
  ms interactive{60'000};  // for a person to show a code
};

}  // namespace hal
