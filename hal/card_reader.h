// A reader of identity cards.
//
// Typical flow: DeviceHealth{online} → want_card(true) → CardLaid → CardRead → … → CardLifted.
// A card that is lying there when a visit ends stays "laid" until CardLifted: it is never read a second time.
#pragma once

#include <chrono>
#include <functional>
#include <variant>

#include "hal/device.h"
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

using CardReaderEvent = std::variant<DeviceHealth, CardLaid, CardRead, CardRejected, CardLifted, HealthChecked>;
using CardReaderSink = std::function<void(CardReaderEvent)>;
using TodayProvider = std::function<std::chrono::year_month_day()>;  // for the validity of a card on the day of reading

class CardReader : public Device {
 public:
  // Looks for cards only while wanted (nobody's card is read in passing). A card already read is still watched until
  // it is lifted. Any thread.
  virtual void want_card(bool wanted) = 0;
  // Keeps the photo of the cards read from now on (Person::photo); at first it is overwritten unseen. Any thread.
  virtual void want_photo(bool wanted) = 0;
};

}  // namespace hal
