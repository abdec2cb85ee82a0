// One question and one answer over a line that is late, noisy or endless.
#include "hal/id_card/sdt_link.h"

#include <gtest/gtest.h>

#include "hal/id_card/sdt_status.h"
#include "hal/id_card/utf16_text.h"
#include "hal/simulated/sam_module.h"
#include "hal/simulated/simulated_transport.h"
#include "tests/hal/babble.h"
#include "tests/hal/sdt_bytes.h"

namespace {

using hal::LinkFault;
using hal::SdtCommand;
using namespace std::chrono_literals;

class AnSdtLink : public testing::Test {
 protected:
  AnSdtLink() {
    timing.short_answer = 10s;
    timing.card_answer = 5ms;
    timing.drain_silence = 200ms;
  }
  std::shared_ptr<hal::SamModule> module = std::make_shared<hal::SamModule>();
  std::unique_ptr<hal::TransportFactory> factory = hal::make_simulated_transport(module);
  std::unique_ptr<hal::ByteTransport> transport = factory->open();
  base::SystemClock clock;
  hal::SdtTiming timing;
  hal::SdtLink link{clock, timing};
};

TEST_F(AnSdtLink, does_not_take_a_late_answer_for_the_next_one) {
  module->set_answer_delay(50ms);
  EXPECT_EQ(link.ask(*transport, SdtCommand::find_card, false).fault, LinkFault::silent);
  const auto result = link.ask(*transport, SdtCommand::status, true);
  ASSERT_TRUE(result.answer);
  EXPECT_EQ(result.answer->sw3, 0x90);  // and not the 80 of the search
}

TEST_F(AnSdtLink, throws_away_what_waits_in_the_line_before_it_asks) {
  (void)transport->write(hal::encode_sdt_question(SdtCommand::find_card), 1s);
  const auto result = link.ask(*transport, SdtCommand::status, false);
  ASSERT_TRUE(result.answer);
  EXPECT_EQ(result.answer->sw3, 0x90);
}

TEST_F(AnSdtLink, keeps_no_byte_of_a_card_once_wiped) {
  module->lay_card(sdt_bytes::text_of("R1"));
  timing.card_answer = 10s;
  ASSERT_TRUE(link.ask(*transport, SdtCommand::find_card, false).answer);
  ASSERT_TRUE(link.ask(*transport, SdtCommand::select_card, false).answer);
  const auto result = link.ask(*transport, SdtCommand::read_text, false);
  ASSERT_TRUE(result.answer);
  ASSERT_EQ(result.answer->data.size(), 1284U);
  link.wipe();
  EXPECT_TRUE(std::ranges::all_of(result.answer->data, [](std::uint8_t byte) { return byte == 0; }));
}

// The question whether a card still lies there may bring an address; a shorter answer does not cover it.
TEST_F(AnSdtLink, keeps_no_byte_of_an_answer_after_the_next_question) {
  const std::string address = "虚构省样例市新村九号";
  module->lay_card(sdt_bytes::text_of("R1"));
  module->add_address(address);
  timing.card_answer = timing.read_answer = timing.address_answer = 10s;
  using enum SdtCommand;
  for (const auto command : {find_card, select_card, read_text}) ASSERT_TRUE(link.ask(*transport, command, false).answer);
  const auto answer = link.ask(*transport, read_new_address, false).answer;
  ASSERT_TRUE(answer && answer->sw3 == hal::kSdtOk);
  std::vector<std::uint8_t> wire(2 * 10);
  ASSERT_TRUE(hal::encode_utf16_field(address, wire));
  const auto holds_address = [&] {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&link);
    // A short answer covers the beginning of a long one.
    return !std::ranges::search(std::span(bytes, sizeof link), std::span(wire).last(wire.size() / 2)).empty();
  };
  EXPECT_TRUE(holds_address()) << "the search does not even find it";
  ASSERT_TRUE(link.ask(*transport, status, false).answer);
  EXPECT_FALSE(holds_address());
}

TEST_F(AnSdtLink, knows_a_reader_that_was_unplugged) {
  module->unplug();
  EXPECT_EQ(link.ask(*transport, SdtCommand::status, false).fault, LinkFault::gone);
}

TEST_F(AnSdtLink, ends_at_its_deadline_on_a_line_that_never_falls_silent) {
  transport_test::Babble babble;
  timing.drain_limit = 10ms;
  const auto result = link.ask(babble, SdtCommand::find_card, true);
  EXPECT_FALSE(result.answer);
}

}  // namespace
