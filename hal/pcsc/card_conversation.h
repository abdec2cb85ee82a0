// A conversation with one card on top of ISO 7816-4: sends commands, fetches what the card holds back, repeats with the
// length it asks for.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "hal/pcsc/apdu.h"
#include "hal/pcsc/smart_card_system.h"

namespace hal {

class CardConversation {
 public:
  explicit CardConversation(SmartCard& card) : card_(card) {}

  // Nothing when the conversation broke down; then fault() says how, and every later command gives nothing too.
  std::optional<ResponseApdu> ask(const CommandApdu& command);
  // Breaks off for the same reason that a card breaks off: an answer that cannot be right.
  std::optional<SmartCardError> fault() const { return fault_; }

  // False: the card has no such application.
  bool select_application(std::span<const std::uint8_t> aid, std::uint8_t p2);

 private:
  std::optional<ResponseApdu> transmit(const CommandApdu& command);
  bool append_rest(ResponseApdu& answer, std::uint8_t cla);

  SmartCard& card_;
  std::optional<SmartCardError> fault_;
};

}  // namespace hal
