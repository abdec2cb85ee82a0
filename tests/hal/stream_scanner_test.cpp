// What only scanners do that send a stream: serial lines and keyboards.
#include <gtest/gtest.h>
#include <linux/input.h>

#include "hal/scanner/burst_framer.h"
#include "hal/scanner/us_keyboard.h"
#include "tests/hal/scanner_rig.h"

namespace {

using namespace scanner_test;
using enum hal::PayloadKind;

class ASerialScanner : public testing::Test, protected ScannerRig {
 protected:
  void start_with(hal::SerialScannerSetting setting = {}, const hal::ScannerTiming& timing = quick_scanner()) {
    model = std::make_shared<hal::SerialScanner>(std::move(setting));
    start(hal::make_serial_scanner, timing);
    ASSERT_TRUE(await("online"));
  }
};

TEST_F(ASerialScanner, never_delivers_the_half_before_a_line_end) {
  start_with();
  arm();
  for (const char* code : {"A017\rB018", "A017\nB018", "A017\r\n\r\n'; --", "\rA017"}) {
    model->show(code);
    EXPECT_EQ(next(), "refused SCAN-006") << code;
  }
}

TEST_F(ASerialScanner, refuses_two_codes_that_ran_into_each_other) {
  start_with();
  arm();
  model->show_merged("A017", "A018");
  EXPECT_EQ(next(), "refused SCAN-006");
}

TEST_F(ASerialScanner, knows_a_symbology_from_a_code_that_begins_with_a_bracket) {
  start_with({"\r", true});
  arm({plain_text});
  model->show("]Q is how it begins");
  EXPECT_EQ(next(), "scanned ]Q is how it begins");
  arm();
  model->show("A017", {'z', '7'});  // one of several
  EXPECT_EQ(next(), "refused SCAN-006");
}

TEST_F(ASerialScanner, refuses_what_never_ends_and_recovers) {
  start_with();
  arm();
  model->set_rest(0ms);
  for (int i = 0; i < 60; ++i) model->send_garbage(std::vector<std::uint8_t>(64, 'x'));
  EXPECT_EQ(next(), "refused SCAN-004");
  model->show("A017");
  EXPECT_EQ(next(), "scanned A017");
}

TEST_F(ASerialScanner, counts_a_suffix_without_a_code_as_noise) {
  start_with();
  arm();
  model->send_garbage({'\r', '\n'});
  EXPECT_TRUE(await_count(Counter::noise, 1));
  EXPECT_FALSE(try_next());
}

class AWedgeScanner : public testing::Test, protected ScannerRig {
 protected:
  void start_with(hal::WedgeScannerSetting setting = {}, const hal::ScannerTiming& timing = quick_scanner()) {
    keyboard = std::make_shared<hal::WedgeScanner>(setting);
    model = keyboard;
    start(hal::make_wedge_scanner, timing);
    ASSERT_TRUE(await("online"));
  }
  std::shared_ptr<hal::WedgeScanner> keyboard;
};

TEST_F(AWedgeScanner, types_every_printable_character) {
  start_with();
  std::string all;
  for (char c = ' '; c <= '~'; ++c) all += c;
  arm({plain_text});
  model->show(all);
  EXPECT_EQ(next(), "scanned " + all);
}

TEST_F(AWedgeScanner, refuses_every_control_character_as_wrong_mode) {
  start_with();
  model->set_rest(25ms);
  for (int c = 1; c < 0x20; ++c) {
    if (c == '\r' || c == '\t') continue;
    scanner.reset();
    start_with();
    arm({plain_text});
    model->show(std::string("A0") + static_cast<char>(c) + "17");
    EXPECT_EQ(next(), "refused SCAN-007") << c;
  }
}

TEST_F(AWedgeScanner, never_delivers_the_half_before_an_enter) {
  start_with();
  arm();
  model->show("A017\rB018");
  EXPECT_EQ(next(), "refused SCAN-006");
  model->show_merged("A017", "A018");
  EXPECT_EQ(next(), "refused SCAN-006");
}

void type(std::string_view text, std::chrono::milliseconds at, std::vector<std::uint8_t>& wire) {
  for (const char c : text) {
    input_event event{};
    event.input_event_sec = at / 1s;
    event.input_event_usec = at % 1s / 1us;
    event.type = EV_KEY;
    event.code = hal::key_stroke_of(c)->key;
    event.value = 1;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&event);
    wire.insert(wire.end(), bytes, bytes + sizeof event);
  }
}

TEST(AWedgeDialect, tells_two_codes_apart_that_it_finds_at_once) {
  const auto dialect = hal::make_wedge_dialect();
  std::vector<std::uint8_t> wire;
  type("a017\r", 900ms, wire);
  type("a018\r", 1050ms, wire);
  hal::Heard heard;
  dialect->feed(wire, base::Instant{1h}, heard);
  ASSERT_EQ(heard.codes.size(), 1U);
  EXPECT_EQ(heard.codes[0].bytes.reveal(), "a017\r");
  EXPECT_EQ(dialect->due(), base::Instant{1h} + 30ms);
  dialect->rest(*dialect->due(), heard);
  ASSERT_EQ(heard.codes.size(), 2U);
  EXPECT_EQ(heard.codes[1].bytes.reveal(), "a018\r");
}

TEST_F(AWedgeScanner, refuses_function_keys_and_survives_lost_events) {
  start_with();
  arm();
  keyboard->press(KEY_F1);
  EXPECT_EQ(next(), "refused SCAN-007");
  keyboard->drop_events();
  EXPECT_EQ(next(), "refused SCAN-004");
  model->show("A017");
  EXPECT_EQ(next(), "scanned A017");
}

TEST_F(AWedgeScanner, begins_every_code_with_caps_lock_off) {
  start_with({'\t', true});
  arm();
  model->show_cut("A017", 6);  // the key that switches it off again is lost
  EXPECT_EQ(next(), "scanned A017");
  arm();
  model->show("A018");
  EXPECT_EQ(next(), "scanned A018");
}

TEST_F(AWedgeScanner, takes_a_few_keys_without_enter_for_somebody_typing) {
  start_with();
  arm({plain_text});
  keyboard->press(KEY_A);
  EXPECT_TRUE(await_count(Counter::noise, 1));
  keyboard->press(KEY_ENTER);
  EXPECT_TRUE(await_count(Counter::noise, 2));
  EXPECT_FALSE(try_next());
}

TEST_F(AWedgeScanner, counts_a_torn_record_as_noise) {
  start_with();
  arm();
  model->show_torn("A017", 1);
  EXPECT_TRUE(await_count(Counter::noise, 1));
}

TEST(AUsKeyboard, types_back_what_it_was_asked_for) {
  for (int c = 0; c < 256; ++c) {
    const auto stroke = hal::key_stroke_of(static_cast<char>(c));
    EXPECT_EQ(stroke.has_value(), (c >= ' ' && c <= '~') || c == '\r' || c == '\t') << c;
    if (stroke) { EXPECT_EQ(hal::character_of(*stroke), static_cast<char>(c)); }
  }
  EXPECT_FALSE(hal::character_of({KEY_F1, false}));
  EXPECT_FALSE(hal::character_of({KEY_RIGHTSHIFT, false}));
  EXPECT_EQ(hal::character_of({KEY_Q, true}), 'Q');
  EXPECT_EQ(hal::character_of({KEY_SEMICOLON, true}), ':');
  EXPECT_EQ(hal::character_of({KEY_KP7, false}), '7');
}

TEST(ABurst, ends_by_a_short_silence_after_a_suffix_and_by_a_long_one_without) {
  hal::BurstFramer framer(100ms, 30ms);
  const base::Instant start{1h};
  EXPECT_FALSE(framer.due());
  framer.append("A0", start);
  EXPECT_EQ(framer.due(), start + 100ms);
  framer.append("17\r", start + 50ms);
  EXPECT_EQ(framer.due(), start + 80ms);
  framer.append("B", start + 60ms);
  EXPECT_EQ(framer.due(), start + 160ms);
  EXPECT_EQ(framer.take()->reveal(), "A017\rB");
  EXPECT_FALSE(framer.begun());
}

TEST(ABurst, longer_than_any_code_is_none) {
  hal::BurstFramer framer(100ms, 30ms);
  framer.append(std::string(2958, 'x'), base::Instant{});
  ASSERT_TRUE(framer.take());
  framer.append(std::string(2958, 'x'), base::Instant{});
  framer.append("x", base::Instant{});
  EXPECT_TRUE(framer.begun());
  EXPECT_FALSE(framer.take());
  framer.append("x", base::Instant{});
  EXPECT_EQ(framer.take()->reveal(), "x");
}

}  // namespace
