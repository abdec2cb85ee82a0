// The reader's side of a vpcd cable: finds out whether a card is there, powers it, carries commands. Like pcscd it notices a
// removal only when it looks. One thread at a time; cancel() from any.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "hal/pcsc/smart_card_system.h"
#include "hal/transport/byte_transport.h"

namespace hal {

class CardSlotLink {
 public:
  CardSlotLink(std::unique_ptr<TransportFactory> cables, std::chrono::milliseconds answer_limit)
      : cables_(std::move(cables)), answer_limit_(answer_limit) {}

  // A look. True: a card is there and powered.
  bool card_present();
  // The card's ATR; empty when it is mute.
  const std::vector<std::uint8_t>& atr() const { return atr_; }
  SmartCardResult<std::vector<std::uint8_t>> transmit(std::span<const std::uint8_t> command);

  void await_card(std::chrono::milliseconds patience) { cables_->wait_for_device(patience); }
  void cancel();  // every exchange fails from now on

 private:
  bool send(std::span<const std::uint8_t> payload);
  SmartCardResult<std::vector<std::uint8_t>> receive();
  bool receive_exactly(std::span<std::uint8_t> bytes);
  void connect();
  bool power_up();
  void drop_cable();

  const std::unique_ptr<TransportFactory> cables_;
  const std::chrono::milliseconds answer_limit_;
  std::vector<std::uint8_t> atr_;
  bool powered_ = false;
  std::optional<TransportError> error_;  // of the last exchange

  std::mutex mutex_;  // guards the rest against cancel()
  std::unique_ptr<ByteTransport> cable_;
  bool cancelled_ = false;
};

}  // namespace hal
