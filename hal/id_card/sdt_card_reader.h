// Driver of a reader of second-generation identity cards: runs the dialogue with the security module on a thread of its
// own. The photo that comes with the text is overwritten unseen unless it is wanted, and
// fingerprints are never asked for.
#pragma once

#include <memory>

#include "base/clock.h"
#include "hal/card_reader.h"
#include "hal/id_card/sdt_dialogue.h"
#include "hal/id_card/sdt_timing.h"
#include "hal/transport/byte_transport.h"

namespace hal {

// `clock` outlives the reader. `today` is asked at every read, for the card's validity. Destroying the reader ends a call
// in progress and returns at once.
std::unique_ptr<CardReader> make_sdt_card_reader(std::unique_ptr<TransportFactory> transports, const base::Clock& clock,
                                                 TodayProvider today, CardReaderSink sink, SdtTiming timing = {});

}  // namespace hal
