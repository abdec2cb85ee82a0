// A chip card and the slot it is put into. Its cable speaks the wire protocol of vpcd, the virtual reader of vsmartcard: a length
// of two bytes, big-endian, then a payload. From the reader: one byte is a control code (00 power off, 01 power on, 02 reset,
// 04 tell the ATR), more is a command. From the card: ATR or response. "Plugged in" means that a card is in the slot.
// Controls may be called from any thread.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "hal/simulated/card_firmware.h"
#include "hal/simulated/device_model.h"

namespace hal {

class SmartCardModel final : public DeviceModel {
 public:
  SmartCardModel();  // the slot is empty

  void insert(CardImage image);  // takes the place of a card that is in; a reader sees both go and come
  void pull();

  // Faults of the card; each stays until changed.
  void set_mute(bool mute);                                               // no ATR after power-up: turned the wrong way round
  void set_silent(bool silent);                                           // takes commands, answers none
  void set_answer_delay(std::chrono::milliseconds delay);                 // to commands
  void set_piece_size(std::size_t bytes);                                 // answers in pieces, with 61xx
  void answer_everything(std::optional<std::vector<std::uint8_t>> wire);  // instead of every response
  void pull_at_command(std::optional<std::size_t> number);  // leaves instead of answering command 0, 1, … from now

  std::string_view commands() const override;

  // The reader has powered the card up.
  bool powered() const;
  // Commands since the last call, as they came.
  std::vector<std::vector<std::uint8_t>> take_commands();

 private:
  std::size_t take(std::span<const std::uint8_t> bytes, TimePoint now) override;
  std::size_t give(std::span<std::uint8_t> buffer, TimePoint now) override;
  std::optional<TimePoint> wakes_at() const override;
  void on_unplug() override;
  bool carry_out(const ModelCommand& command) override;

  bool holds_a_message() const;
  void on_message(std::span<const std::uint8_t> payload, TimePoint now);
  void on_control(std::uint8_t code);
  void on_command(std::span<const std::uint8_t> command, TimePoint now);
  void send(std::span<const std::uint8_t> payload);

  std::vector<std::uint8_t> input_;  // bounded by the largest message
  std::deque<std::uint8_t> output_;
  TimePoint output_ready_{};
  std::optional<CardFirmware> card_;
  bool powered_ = false;
  std::vector<std::vector<std::uint8_t>> commands_;

  bool mute_ = false;
  bool silent_ = false;
  std::chrono::milliseconds delay_{0};
  std::size_t piece_size_ = 0;
  std::optional<std::vector<std::uint8_t>> answer_;
  std::optional<std::size_t> commands_until_pulled_;
};

}  // namespace hal
