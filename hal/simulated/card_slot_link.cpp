#include "hal/simulated/card_slot_link.h"

#include <array>
#include <utility>

namespace hal {
namespace {

constexpr std::array<std::uint8_t, 1> kPowerOnMessage{1};
constexpr std::array<std::uint8_t, 1> kTellAtrMessage{4};

}  // namespace

bool CardSlotLink::card_present() {
  if (!cable_) connect();
  if (!cable_) return false;
  if (!powered_) return power_up();
  if (send(kTellAtrMessage) && receive()) return true;
  drop_cable();
  return false;
}

void CardSlotLink::connect() {
  auto cable = cables_->open();
  const std::lock_guard lock(mutex_);
  cable_ = std::move(cable);
  if (cable_ && cancelled_) cable_->cancel();
}

bool CardSlotLink::power_up() {
  if (send(kPowerOnMessage) && send(kTellAtrMessage)) {
    if (auto atr = receive()) {
      atr_ = *std::move(atr);
      powered_ = true;
      return true;
    }
  }
  drop_cable();
  return false;
}

SmartCardResult<std::vector<std::uint8_t>> CardSlotLink::transmit(std::span<const std::uint8_t> command) {
  if (!cable_ || (!powered_ && !power_up())) return tl::unexpected(SmartCardError::card_gone);
  if (send(command)) {
    if (auto answer = receive()) return answer;
  }
  if (error_ == TransportError::timeout) {
    powered_ = false;  // a card that hangs is powered anew, and with that forgets a late answer
    return tl::unexpected(SmartCardError::failed);
  }
  const bool gone = error_ == TransportError::gone;
  drop_cable();
  return tl::unexpected(gone ? SmartCardError::card_gone : SmartCardError::cancelled);
}

bool CardSlotLink::send(std::span<const std::uint8_t> payload) {
  std::vector<std::uint8_t> message{static_cast<std::uint8_t>(payload.size() >> 8U & 0xFFU),
                                    static_cast<std::uint8_t>(payload.size() & 0xFFU)};
  message.insert(message.end(), payload.begin(), payload.end());
  error_ = cable_->write(message, answer_limit_).error;
  return !error_;
}

SmartCardResult<std::vector<std::uint8_t>> CardSlotLink::receive() {
  std::array<std::uint8_t, 2> length{};
  if (!receive_exactly(length)) return tl::unexpected(SmartCardError::failed);
  std::vector<std::uint8_t> payload(static_cast<std::size_t>(length[0]) << 8U | length[1]);
  if (!receive_exactly(payload)) return tl::unexpected(SmartCardError::failed);
  return payload;
}

bool CardSlotLink::receive_exactly(std::span<std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const Transferred got = cable_->read(bytes, answer_limit_);
    error_ = got.error;
    if (error_) return false;
    bytes = bytes.subspan(got.count);
  }
  return true;
}

void CardSlotLink::drop_cable() {
  const std::lock_guard lock(mutex_);
  cable_.reset();
  powered_ = false;
  atr_.clear();
}

void CardSlotLink::cancel() {
  cables_->cancel();
  const std::lock_guard lock(mutex_);
  cancelled_ = true;
  if (cable_) cable_->cancel();
}

}  // namespace hal
