// What to do next with an SDT reader, and what to report: every decision of the driver, without thread, clock or
// transport of its own.
//
//   closed ─open→ warming_up ─status→ identifying ─id→ idle ─find→ selecting ─select→ reading ─person→ present ─lifted→ idle
//                                                              a card that cannot be read → rejected ─lifted→ idle
//
// An answer that fails to come: drain and ask again; then reset the module; then reset the device, close and open; then cut
// its power, where the hub can; then give up for half a minute and try again (a circuit breaker). A good answer about cards
// ends the story. A module that says it is out of order is given up at once.
//
// A card is laid once and lifted once, whatever happens in between. A card that was read is never read again before the
// plate was seen empty, also when the reader was unplugged meanwhile: it may belong to a visit that is over.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <variant>

#include "base/clock.h"
#include "base/result.h"
#include "hal/card_reader.h"
#include "hal/id_card/sdt_frame.h"
#include "hal/id_card/sdt_link.h"
#include "hal/id_card/sdt_status.h"
#include "hal/id_card/sdt_timing.h"

namespace hal {

// What the driver is to do; it then calls the method that tells how it went.
struct SdtClose {  // drop the transport; nothing to tell
  bool reset;      // the device first: it does not answer
};
struct SdtCutPower {};      // of the device, while the transport is open; → power_cut() or power_not_cut()
struct SdtRestorePower {};  // nothing to tell
struct SdtOpen {};          // → opened() or not_opened()
struct SdtAwaitDevice {     // → device_may_have_come()
  std::chrono::milliseconds patience;
};
struct SdtRest {  // nothing to tell; ends early when a card becomes wanted or unwanted
  std::chrono::milliseconds duration;
};
struct SdtAsk {  // → answered() or failed()
  SdtCommand command;
  bool drain;
};
using SdtStep = std::variant<SdtClose, SdtCutPower, SdtRestorePower, SdtOpen, SdtAwaitDevice, SdtRest, SdtAsk>;

class SdtDialogue {
 public:
  SdtDialogue(const SdtTiming& timing, TodayProvider today, CardReaderSink report);

  SdtStep next(base::Instant now, bool card_wanted, bool photo_wanted = false);

  void opened(base::Instant now);
  void not_opened(std::optional<base::Failure> trouble, base::Instant now);  // TransportFactory::trouble()
  void device_may_have_come(base::Instant now);
  void power_cut(base::Instant now);
  void power_not_cut(base::Instant now);
  void answered(const SdtAnswer& answer, base::Instant now);
  void failed(LinkFault fault, base::Instant now);

 private:
  enum class State : std::uint8_t {
    closed,
    warming_up,
    identifying,
    idle,
    selecting,
    reading,
    present,
    rejected,
    resetting,
    cutting_power,
  };

  bool searching() const;  // in idle: for a card, instead of only asking whether the reader is there
  SdtCommand question() const;
  SdtStep next_while_closed(base::Instant now);

  void on_status(const SdtAnswer& answer, base::Instant now);
  void on_identity(const SdtAnswer& answer, base::Instant now);
  void on_idle(const SdtAnswer& answer, base::Instant now);
  void on_found(base::Instant now);
  void on_selected(const SdtAnswer& answer, base::Instant now);
  void on_text(const SdtAnswer& answer, base::Instant now);
  void on_presence(const SdtAnswer& answer, base::Instant now);

  base::Result<Person> person_in(const SdtAnswer& answer) const;
  void reject(base::Failure failure, bool watch_by_search, base::Instant now);
  void refuse_or_look_again(const SdtAnswer& answer, base::Instant now);
  void look_again(SdtMeaning meaning, base::Instant now);
  void miss(base::Instant now);
  void lose_card();

  void enter(State state, base::Instant due);
  void rest_after_reset(base::Instant now);
  void recover(base::Instant now);
  void give_up_unanswered(base::Instant now);
  void close(base::Instant now, std::chrono::milliseconds pause);
  void give_up(base::Failure failure, base::Instant now);
  void report_health(DeviceState state, std::optional<base::Failure> failure = {});

  const SdtTiming timing_;
  const TodayProvider today_;
  const CardReaderSink report_;

  State state_ = State::closed;
  base::Instant due_{};  // nothing is asked or opened before
  bool card_wanted_ = false;
  bool photo_wanted_ = false;
  SdtCommand asked_ = SdtCommand::status;

  bool transport_open_ = false;
  bool reset_ = false;  // the device, before the transport is closed
  base::Instant closed_at_{};
  bool device_came_ = false;  // no need to wait for it any more
  bool power_is_cut_ = false;
  base::Instant returns_until_{};  // after a power cut its absence is nothing to tell of

  unsigned faults_ = 0;  // rung of the ladder
  LinkFault last_fault_ = LinkFault::silent;
  bool drain_ = false;  // before the next question
  base::Instant warm_until_{};
  unsigned identity_tries_ = 0;

  bool laid_ = false;             // CardLaid was reported, CardLifted not yet
  bool must_be_lifted_ = false;   // a card that was dealt with may still lie there, though the link was lost
  bool watch_by_search_ = false;  // in `rejected`: the presence question works only for a card that was read
  unsigned misses_ = 0;           // answers in a row that say the card is gone
  unsigned searches_in_vain_ = 0;
  unsigned read_attempts_ = 0;

  std::string identity_;
  std::optional<DeviceHealth> reported_;
};

}  // namespace hal
