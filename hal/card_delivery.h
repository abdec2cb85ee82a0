// From what a reader's dialogue reports to what the kiosk gets: what every card reader does with it, whichever way it
// reads. Connections, cards and refusals are counted; the reader's health says whether a card lies there; a card that only an
// interactive check waited for goes to nobody else. One thread, but for statistics().
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/clock.h"
#include "hal/card_reader.h"

namespace hal {

inline constexpr std::chrono::minutes kInteractivePatience{1};  // of a check, for a card to be laid down or put in

class CardDelivery {
 public:
  CardDelivery(CardReaderSink sink, const base::Clock& clock) : sink_(std::move(sink)), clock_(clock) {}

  // `wanted`: want_card() as the dialogue last knew it.
  void deliver(CardReaderEvent event, bool wanted);

  // An interactive check: the next card ends it, and so does kInteractivePatience.
  void await_card() { awaits_card_until_ = clock_.now() + kInteractivePatience; }
  bool awaits_card() const { return awaits_card_until_.has_value(); }
  void end_check_without_card();  // if its patience is over
  void end_check(HealthCheck level, bool passed, std::string details);

  const DeviceHealth& health() const { return health_; }  // as last reported
  DeviceStatistics& statistics() { return statistics_; }
  const DeviceStatistics& statistics() const { return statistics_; }

 private:
  void count(const CardReaderEvent& event);
  void say_whether_one_lies_there(Media media);

  const CardReaderSink sink_;
  const base::Clock& clock_;
  DeviceStatistics statistics_;
  DeviceHealth health_;
  Media media_ = Media::none;
  std::optional<base::Instant> awaits_card_until_;
  bool of_a_check_ = false;  // the card that lies there
};

}  // namespace hal
