// The firmware of a card reader's security module: it takes the questions of GA/T 467 as wire bytes and answers them as a
// reader does. A card that was read answers "no card" to a new search until it is lifted, and to the question for a new
// address while it lies there: 91, or the address that was added to it. Controls may be called from any thread.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "hal/id_card/person_record.h"
#include "hal/simulated/device_model.h"

namespace hal {

class SamModule final : public DeviceModel {
 public:
  // The plate.
  void lay_card(const TextBlock& text);  // takes the place of a card that lies there
  void lift_card();
  void add_address(std::string_view address);  // to the card that is laid next and all after it; empty: to none
  bool card_lies_there() const;

  // Faults of the line; each stays until changed.
  void set_silent(bool silent);  // takes every question, answers none
  void set_noisy(bool noisy);    // damages answers in turn by the ways seen in the field
  void set_answer_delay(std::chrono::milliseconds delay);
  void set_piece_size(std::size_t bytes);                  // largest piece an answer comes in; 0 = all at once
  void damage_checksums(unsigned answers);                 // of the next so many answers
  void replace_next_read(std::vector<std::uint8_t> wire);  // the next answer to 30 01 is exactly these bytes
  void unplug_inside_next_read(std::size_t after);         // gives so many bytes of the next read answer, then is pulled out

  // Faults of the module and the card.
  void refuse_everything(std::optional<std::uint8_t> sw3);  // 60 self test failed, 66 not authorised
  void refuse_selecting(std::optional<std::uint8_t> sw3);   // 31, 32, 33, 3F, 40, 81 …: the card cannot be selected
  void refuse_reading(std::optional<std::uint8_t> sw3);     // 31, 32, 33, 40, 41 …: the card cannot be read
  void set_boot_time(std::chrono::milliseconds time);       // silent for so long after power-up

  std::string_view commands() const override;

  // What has been asked so far: the two code bytes of every good question.
  std::vector<SdtCommand> questions() const;
  void forget_questions();

 private:
  enum class Card : std::uint8_t { none, lying, found, selected, read };

  std::size_t take(std::span<const std::uint8_t> bytes, TimePoint now) override;
  std::size_t give(std::span<std::uint8_t> buffer, TimePoint now) override;
  std::optional<TimePoint> wakes_at() const override;
  void on_plug(TimePoint now) override;
  void on_unplug() override;
  bool carry_out(const ModelCommand& command) override;

  void parse(TimePoint now);
  void answer_question(SdtCommand command, TimePoint now);
  std::vector<std::uint8_t> answer_to(SdtCommand command);
  std::vector<std::uint8_t> find();
  std::vector<std::uint8_t> select();
  std::vector<std::uint8_t> read(SdtCommand command);
  void send(std::vector<std::uint8_t> wire, TimePoint now);

  std::vector<std::uint8_t> input_;  // bounded: a question is short
  std::deque<std::uint8_t> output_;
  TimePoint output_ready_{};
  TimePoint booted_{};
  Card card_ = Card::none;
  TextBlock text_{};
  std::vector<SdtCommand> questions_;

  bool silent_ = false;
  bool noisy_ = false;
  unsigned noise_turn_ = 0;
  unsigned damaged_checksums_ = 0;
  std::chrono::milliseconds delay_{0};
  std::chrono::milliseconds boot_time_{0};
  std::size_t piece_size_ = 0;
  std::optional<std::uint8_t> refuse_everything_;
  std::optional<std::uint8_t> refuse_selecting_;
  std::optional<std::uint8_t> refuse_reading_;
  std::vector<std::uint8_t> added_address_;
  std::optional<std::vector<std::uint8_t>> replaced_read_;
  std::optional<std::size_t> unplug_armed_;  // for the next read answer
  std::optional<std::size_t> unplug_after_;  // bytes still to give before the plug goes
};

}  // namespace hal
