// How long the driver of PC/SC readers waits (facts on PC/SC). Tests shorten them.
#pragma once

#include <chrono>

namespace hal {

struct PcscTiming {
  using ms = std::chrono::milliseconds;

  ms safety_net{800};    // longest wait for a change: a reader that came unannounced is seen this late at worst
  ms retry{200};         // before a card that could not be read is tried again
  ms busy_limit{5000};   // another program may talk with the card for so long
  ms reopen_pause{100};  // before the service is reached again; doubled at each failure
  ms breaker{5000};      // rest of a service given up; reaching for it costs next to nothing, so it is short
};

}  // namespace hal
