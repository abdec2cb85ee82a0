// A reader of identity cards. The driver lives on a thread of its own and reports through the sink given at its
// construction; the sink may be called from that thread only and must return at once (it posts).
//
// Typical flow: Health{ready} → want_card(true) → CardLaid → CardRead → … → CardLifted.
// A card that is lying there when a visit ends stays "laid" until CardLifted: it is never read a second time.
#pragma once

#include <functional>
#include <variant>

#include "hal/device_health.h"
#include "hal/person.h"

namespace hal {

struct CardLaid {};  // something is on the plate; reading begins
struct CardRead {
  Person person;
};
struct CardRejected {  // the card lies there but gives no person; lifting it starts over
  base::Failure failure = base::Failure::card_data_bad;
};
struct CardLifted {};

using CardReaderEvent = std::variant<DeviceHealth, CardLaid, CardRead, CardRejected, CardLifted>;
using CardReaderSink = std::function<void(CardReaderEvent)>;

class CardReader {
 public:
  virtual ~CardReader() = default;  // stops the thread; no event after it

  // Looks for cards only while wanted (nobody's card is read in passing). A card already read is still watched until
  // it is lifted. Any thread.
  virtual void want_card(bool wanted) = 0;
};

}  // namespace hal
