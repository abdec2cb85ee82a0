// How long the driver of an SDT reader waits, and how often it looks. Defaults from practice in the field (facts on
// timing, polling and presence); tests shorten them.
#pragma once

#include <chrono>

#include "hal/id_card/sdt_command.h"

namespace hal {

inline constexpr unsigned kSearchesUntilQuiet = 20;  // since a card was last there, or began to be wanted

struct SdtTiming {
  using ms = std::chrono::milliseconds;

  ms find_period{250};         // between two searches for a card: products take 100 to 1000
  ms quiet_find_period{400};   // the same after kSearchesUntilQuiet in vain: every search wakes the machine
  ms presence_period{500};     // between two looks whether the card still lies there
  ms idle_check_period{2000};  // is the reader still there, while no card is wanted

  ms warm_up{2000};        // a module just powered may be silent for so long; also the rest after a reset
  ms status_period{100};   // between two questions for the status while warming up
  ms absent_period{2000};  // longest wait for a device to come before trying again by itself
  ms reopen_pause{100};    // least time between two attempts to open
  ms power_off{2000};      // how long a device without an answer has no power: what it has stored must be used up
  ms power_return{5000};   // until it must have come back then
  ms breaker{30'000};      // rest of a reader given up, before it is tried again

  ms short_answer{300};     // deadline for reset, status, id
  ms card_answer{500};      // for find and select; drivers in the field allow 100 ms up to 5 s
  ms read_answer{2000};     // for the text
  ms address_answer{1500};  // for the presence question
  ms inside_frame{200};     // largest gap inside an answer
  ms drain_silence{100};    // a line silent for so long has nothing left from an earlier answer
  ms drain_limit{1000};     // a line that never falls silent is not waited for longer

  ms deadline(SdtCommand command) const;
};

}  // namespace hal
