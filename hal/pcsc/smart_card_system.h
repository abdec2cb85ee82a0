// The seam between the driver and the smart card service (pcscd): which readers there are, what lies in them, and a
// conversation with a card. One thread uses it; wake() and cancel() may come from any other.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace hal {

// What went wrong, by what is to be done about it.
enum class SmartCardError : std::uint8_t {
  rebuild_context,  // the service is gone, or was: drop everything and open() again
  rebuild_list,     // this reader is gone: look again which there are
  card_gone,        // no card any more
  card_reset,       // another program or the reader reset it: connect again and start over
  retry_later,      // somebody else talks with the card
  turn_card,        // it does not answer to power: the wrong way round, dirty, or no chip card
  refused,          // the service does not let this user in (polkit)
  cancelled,
  failed,  // nothing more is known: a damaged or missing answer, a reader that misbehaves
};
std::string_view name_of(SmartCardError error);  // "rebuild context"

template <class T>
using SmartCardResult = tl::expected<T, SmartCardError>;

// A reader, seen once.
struct CardSlot {
  std::string reader;  // the service's name for it; not stable over unplugging
  bool card_present = false;
  std::uint16_t events = 0;       // one more at each insertion and each removal; wraps
  std::vector<std::uint8_t> atr;  // a hint at best: contactless readers make it up

  friend bool operator==(const CardSlot&, const CardSlot&) = default;
};

// A card in conversation, in a transaction of its own. Leaves the card as it is when destroyed.
class SmartCard {
 public:
  virtual ~SmartCard() = default;
  // One command, one response, status bytes included. The reader sets the deadline: seconds, for a card that hangs.
  [[nodiscard]] virtual SmartCardResult<std::vector<std::uint8_t>> transmit(std::span<const std::uint8_t> command) = 0;
};

class SmartCardSystem {
 public:
  virtual ~SmartCardSystem() = default;

  // Reaches the service, dropping what was open before. No SmartCard may be alive.
  [[nodiscard]] virtual SmartCardResult<void> open() = 0;
  // Returns what is there as soon as it differs from what the last call returned; at once after open(). An unchanged
  // answer comes when the time is over or wake() was called.
  [[nodiscard]] virtual SmartCardResult<std::vector<CardSlot>> wait(std::chrono::milliseconds patience) = 0;
  // Shared with other programs, but undisturbed by them: the transaction has begun. `retry_later` when another program
  // has not let go of the card within a second.
  [[nodiscard]] virtual SmartCardResult<std::unique_ptr<SmartCard>> connect(const std::string& reader) = 0;

  // Ends the wait in progress, or else the next one.
  virtual void wake() = 0;
  // Ends every call, now and from now on, as far as the service allows (a command that a card is at ends first).
  virtual void cancel() = 0;
};

}  // namespace hal
