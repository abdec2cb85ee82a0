#include "hal/simulated/smart_card_model.h"

#include <algorithm>
#include <utility>

namespace hal {
namespace {

constexpr std::uint8_t kPowerOff = 0;
constexpr std::uint8_t kPowerOn = 1;
constexpr std::uint8_t kReset = 2;
constexpr std::uint8_t kTellAtr = 4;

constexpr std::size_t kLengthBytes = 2;
constexpr std::size_t kCommandLog = 64;  // commands remembered

}  // namespace

SmartCardModel::SmartCardModel() { unplug(); }

void SmartCardModel::insert(CardImage image) {
  unplug();
  {
    const Change change = this->change();
    card_.emplace(std::move(image));
    card_->set_piece_size(piece_size_);
  }
  plug();
}

void SmartCardModel::pull() { unplug(); }

void SmartCardModel::set_mute(bool mute) {
  const Change change = this->change();
  mute_ = mute;
}

void SmartCardModel::set_silent(bool silent) {
  const Change change = this->change();
  silent_ = silent;
}

void SmartCardModel::set_answer_delay(std::chrono::milliseconds delay) {
  const Change change = this->change();
  delay_ = delay;
}

void SmartCardModel::set_piece_size(std::size_t bytes) {
  const Change change = this->change();
  piece_size_ = bytes;
  if (card_) card_->set_piece_size(bytes);
}

void SmartCardModel::answer_everything(std::optional<std::vector<std::uint8_t>> wire) {
  const Change change = this->change();
  answer_ = std::move(wire);
}

void SmartCardModel::pull_at_command(std::optional<std::size_t> number) {
  const Change change = this->change();
  commands_until_pulled_ = number;
}

bool SmartCardModel::powered() const {
  const auto lock = look();
  return powered_;
}

std::vector<std::vector<std::uint8_t>> SmartCardModel::take_commands() {
  const Change change = this->change();
  return std::exchange(commands_, {});
}

std::size_t SmartCardModel::take(std::span<const std::uint8_t> bytes, TimePoint now) {
  input_.insert(input_.end(), bytes.begin(), bytes.end());
  while (holds_a_message()) {
    const std::size_t length = static_cast<std::size_t>(input_[0]) << 8U | input_[1];
    const std::vector<std::uint8_t> payload(input_.begin() + kLengthBytes,
                                            input_.begin() + static_cast<std::ptrdiff_t>(kLengthBytes + length));
    input_.erase(input_.begin(), input_.begin() + static_cast<std::ptrdiff_t>(kLengthBytes + length));
    on_message(payload, now);
  }
  return bytes.size();
}

bool SmartCardModel::holds_a_message() const {
  if (input_.size() < kLengthBytes) return false;
  const std::size_t length = static_cast<std::size_t>(input_[0]) << 8U | input_[1];
  return input_.size() >= kLengthBytes + length;
}

void SmartCardModel::on_message(std::span<const std::uint8_t> payload, TimePoint now) {
  if (payload.size() == 1) return on_control(payload[0]);
  if (payload.size() > 1) on_command(payload, now);
}

void SmartCardModel::on_control(std::uint8_t code) {
  switch (code) {
    case kPowerOff:
      powered_ = false;
      break;
    case kPowerOn:
    case kReset:
      powered_ = true;
      output_.clear();
      output_ready_ = {};
      if (card_) card_->reset();
      break;
    case kTellAtr:
      send(card_ && !mute_ ? std::span(card_->atr()) : std::span<const std::uint8_t>{});
      break;
    default:
      break;
  }
}

void SmartCardModel::on_command(std::span<const std::uint8_t> command, TimePoint now) {
  if (commands_.size() < kCommandLog) commands_.emplace_back(command.begin(), command.end());
  if (commands_until_pulled_ && (*commands_until_pulled_)-- == 0) {
    commands_until_pulled_.reset();
    pull_plug();
    return;
  }
  if (silent_ || mute_ || !powered_ || !card_) return;
  const auto answer = card_->answer(command);
  send(answer_ ? *answer_ : answer);
  output_ready_ = now + delay_;
}

void SmartCardModel::send(std::span<const std::uint8_t> payload) {
  output_.push_back(static_cast<std::uint8_t>(payload.size() >> 8U & 0xFFU));
  output_.push_back(static_cast<std::uint8_t>(payload.size() & 0xFFU));
  output_.insert(output_.end(), payload.begin(), payload.end());
}

std::size_t SmartCardModel::give(std::span<std::uint8_t> buffer, TimePoint now) {
  if (now < output_ready_) return 0;
  const std::size_t count = std::min(buffer.size(), output_.size());
  const auto end = output_.begin() + static_cast<std::ptrdiff_t>(count);
  std::copy(output_.begin(), end, buffer.begin());
  output_.erase(output_.begin(), end);
  return count;
}

std::optional<DeviceModel::TimePoint> SmartCardModel::wakes_at() const {
  return output_.empty() ? std::nullopt : std::optional(output_ready_);
}

void SmartCardModel::on_unplug() {
  input_.clear();
  output_.clear();
  powered_ = false;
  if (card_) card_->reset();
}

}  // namespace hal
