// The dialogue with a module, one step at a time, on a clock that moves only when told.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hal/id_card/sdt_dialogue.h"
#include "tests/hal/card_event_recorder.h"
#include "tests/hal/sdt_bytes.h"
#include "tests/support/fake_clock.h"

namespace sdt_test {

using Events = std::vector<std::string>;

class DialogueRig : public testing::Test {
 protected:
  hal::SdtStep next() { return dialogue.next(clock.now(), wanted); }

  // Lets time pass until the dialogue asks, opens or closes something.
  hal::SdtStep next_deed() {
    while (true) {
      const auto step = next();
      if (const auto* rest = std::get_if<hal::SdtRest>(&step)) {
        EXPECT_GT(rest->duration.count(), 0);
        clock.advance(rest->duration);
        rested += rest->duration;
      } else if (const auto* wait = std::get_if<hal::SdtAwaitDevice>(&step)) {
        clock.advance(wait->patience);
        rested += wait->patience;
        dialogue.device_may_have_come(clock.now());
      } else {
        return step;
      }
    }
  }
  void expect_question(hal::SdtCommand command) {
    const auto step = next_deed();
    ASSERT_TRUE(std::holds_alternative<hal::SdtAsk>(step)) << step.index();
    EXPECT_EQ(std::get<hal::SdtAsk>(step).command, command);
    drained = std::get<hal::SdtAsk>(step).drain;
  }
  void answer(hal::SdtCommand command, std::uint8_t sw3, std::span<const std::uint8_t> data = {}) {
    expect_question(command);
    dialogue.answered({sw3, data}, clock.now());
  }
  void silence(hal::SdtCommand command) {
    expect_question(command);
    clock.advance(timing.deadline(command));
    dialogue.failed(hal::LinkFault::silent, clock.now());
  }
  void open() {
    ASSERT_TRUE(std::holds_alternative<hal::SdtOpen>(next_deed()));
    dialogue.opened(clock.now());
  }
  void become_ready() {
    open();
    introduce();
    events.clear();
  }
  void introduce() {
    answer(hal::SdtCommand::status, 0x90);
    answer(hal::SdtCommand::module_id, 0x90, sdt_bytes::hex("05 00 03 00 95 48 40 01 01 00 00 00 02 00 00 00"));
  }
  void find_and_select() {
    answer(hal::SdtCommand::find_card, 0x9F, std::array<std::uint8_t, 4>{});
    answer(hal::SdtCommand::select_card, 0x90, std::array<std::uint8_t, 8>{});
  }
  void read_card() {
    const auto data = hal::encode_read_data(hal::SdtCommand::read_text, sdt_bytes::text_of("R1"), {}, {});
    find_and_select();
    answer(hal::SdtCommand::read_text, 0x90, data);
  }
  void expect_close(bool reset = false) {
    const auto step = next();
    ASSERT_TRUE(std::holds_alternative<hal::SdtClose>(step));
    EXPECT_EQ(std::get<hal::SdtClose>(step).reset, reset);
  }

  void cut_power(bool can_be_cut) {
    ASSERT_TRUE(std::holds_alternative<hal::SdtCutPower>(next()));
    if (can_be_cut)
      dialogue.power_cut(clock.now());
    else
      dialogue.power_not_cut(clock.now());
  }

  test_support::FakeClock clock;
  hal::SdtTiming timing;
  Events events;
  bool wanted = true;
  bool drained = false;
  std::chrono::milliseconds rested{0};
  hal::SdtDialogue dialogue{timing, [] { return std::chrono::year{2026} / 11 / 23; },
                            [this](const hal::CardReaderEvent& event) { events.push_back(card_test::in_words(event)); }};
};

}  // namespace sdt_test
