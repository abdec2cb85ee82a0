// What to do next with the smart card service, and what to report: every decision of the driver, without thread or system
// of its own.
//
//   closed ─open→ watching ─a card lies in a reader and one is wanted→ reading ─person→ watching until it is pulled
//
// A service that cannot be reached, or dies, is reached again: at once, then after doubling pauses, then given up for a while
// and tried again (a circuit breaker). So is one that refuses us: to pcsc-lite, a service that dies in the greeting looks the
// same.
//
// A card is laid once and lifted once, whatever happens in between. One that was read is never read again before its reader
// was seen empty, also when reader or service were gone meanwhile: it may belong to a visit that is over. A pull and a
// new card between two looks show in the event counter.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "hal/card_reader.h"
#include "hal/pcsc/pcsc_timing.h"
#include "hal/pcsc/smart_card_system.h"

namespace hal {

// What the driver is to do; it then calls the method that tells how it went.
struct PcscOpen {};  // → opened()
struct PcscRest {    // nothing to tell
  std::chrono::milliseconds duration;
};
struct PcscWait {  // for a change → seen() or wait_failed()
  std::chrono::milliseconds patience;
};
struct PcscRead {  // connect, read, let go → read_ended()
  std::string reader;
};
using PcscStep = std::variant<PcscOpen, PcscRest, PcscWait, PcscRead>;

// How reading went: a person, a card that gives none, or a call that failed.
using PcscReadOutcome = std::variant<Person, base::Failure, SmartCardError>;

class PcscDialogue {
 public:
  PcscDialogue(const PcscTiming& timing, CardReaderSink report) : timing_(timing), report_(std::move(report)) {}

  PcscStep next(base::Instant now, bool card_wanted);

  void opened(std::optional<SmartCardError> error, base::Instant now);
  void seen(const std::vector<CardSlot>& slots, base::Instant now);
  void wait_failed(SmartCardError error, base::Instant now);
  void read_ended(PcscReadOutcome outcome, base::Instant now);

 private:
  // The one card of the moment; a second one in another reader waits until this is pulled.
  struct Card {
    std::string reader;
    std::uint16_t events = 0;
    bool laid = false;   // CardLaid was reported
    bool dealt = false;  // read or rejected: left alone until pulled
    bool read = false;
    unsigned attempts = 0;
    base::Instant due{};  // of the next attempt
    std::optional<base::Instant> busy_until;
  };

  void follow_card(const std::vector<CardSlot>& slots);
  void forgive_when_empty(const std::vector<CardSlot>& slots);
  void lose_card();  // the reader or the service is gone: nobody must wait for it to be lifted
  void lift_card();

  void reject(base::Failure failure);
  void on_read_error(SmartCardError error, base::Instant now);
  void try_again(base::Failure failure, unsigned attempts, base::Instant now);
  void lose_service(SmartCardError error, base::Instant now);
  void report_health(DeviceState state, std::optional<base::Failure> failure = {});
  void report_readers();

  const PcscTiming timing_;
  const CardReaderSink report_;

  bool open_ = false;
  base::Instant due_{};    // no open before
  unsigned failures_ = 0;  // of the service, with hardly a pause between them
  base::Instant lost_at_{};
  std::string readers_;    // names of the last look, for staff
  std::size_t slots_ = 0;  // of the last look
  std::optional<Card> card_;
  bool must_be_lifted_ = false;  // a card that was read may still lie in a reader, though we lost sight of it
  std::size_t slots_when_lost_ = 0;
  bool card_access_refused_ = false;
  unsigned unreadable_cards_ = 0;  // in a row, by a reader that failed
  std::optional<DeviceHealth> reported_;
};

}  // namespace hal
