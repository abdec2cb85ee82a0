// Driver of every reader that the smart card service (pcscd) offers: reads social-security cards and eIDs without a PIN, on a
// thread of its own.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "base/clock.h"
#include "hal/card_reader.h"
#include "hal/pcsc/pcsc_timing.h"
#include "hal/pcsc/smart_card_system.h"

namespace hal {

// `clock` outlives the reader. `today` is asked at every read, for the card's validity. Destroying the reader ends every
// wait at once; a command that a card is at ends first.
std::unique_ptr<CardReader> make_pcsc_card_reader(std::unique_ptr<SmartCardSystem> system, const base::Clock& clock,
                                                  std::function<std::chrono::year_month_day()> today, CardReaderSink sink,
                                                  PcscTiming timing = {});

}  // namespace hal
