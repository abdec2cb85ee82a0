// What every kind of scanner has to do alike, each with the real driver on its model: every byte goes over the wire.
#include <gtest/gtest.h>

#include "hal/absent/absent_code_scanner.h"
#include "hal/scanner/code_scanner_thread.h"
#include "tests/hal/scanner_rig.h"

namespace {

using namespace scanner_test;
using enum hal::PayloadKind;
using hal::HidPosVariant;

struct ScannerKind {
  const char* name;
  std::shared_ptr<hal::ScannerModel> (*make_model)();
  MakeScanner make_scanner;
  bool hanzi = true;  // can carry them
};
void PrintTo(const ScannerKind& kind, std::ostream* out) { *out << kind.name; }

template <HidPosVariant variant>
std::shared_ptr<hal::ScannerModel> hid_pos() {
  return std::make_shared<hal::HidPosScanner>(variant);
}
std::shared_ptr<hal::ScannerModel> serial() { return std::make_shared<hal::SerialScanner>(); }
std::shared_ptr<hal::ScannerModel> serial_bare() {
  return std::make_shared<hal::SerialScanner>(hal::SerialScannerSetting{"", false});
}
std::shared_ptr<hal::ScannerModel> serial_aim() {
  return std::make_shared<hal::SerialScanner>(hal::SerialScannerSetting{"\r\n", true});
}
std::shared_ptr<hal::ScannerModel> wedge() { return std::make_shared<hal::WedgeScanner>(); }
std::shared_ptr<hal::ScannerModel> wedge_caps() {
  return std::make_shared<hal::WedgeScanner>(hal::WedgeScannerSetting{'\t', true});
}
std::shared_ptr<hal::ScannerModel> wedge_bare() {
  return std::make_shared<hal::WedgeScanner>(hal::WedgeScannerSetting{0, false});
}

const std::array kKinds{
    ScannerKind{"hid_honeywell", hid_pos<HidPosVariant::honeywell>, hal::make_hid_pos_scanner},
    ScannerKind{"hid_newland", hid_pos<HidPosVariant::newland>, hal::make_hid_pos_scanner},
    ScannerKind{"hid_third", hid_pos<HidPosVariant::third>, hal::make_hid_pos_scanner},
    ScannerKind{"serial", serial, hal::make_serial_scanner},
    ScannerKind{"serial_bare", serial_bare, hal::make_serial_scanner},
    ScannerKind{"serial_aim", serial_aim, hal::make_serial_scanner},
    ScannerKind{"wedge", wedge, hal::make_wedge_scanner, false},
    ScannerKind{"wedge_caps", wedge_caps, hal::make_wedge_scanner, false},
    ScannerKind{"wedge_bare", wedge_bare, hal::make_wedge_scanner, false},
};

class AnyCodeScanner : public testing::TestWithParam<ScannerKind>, protected ScannerRig {
 protected:
  void start_online(const hal::ScannerTiming& timing = quick_scanner()) {
    model = GetParam().make_model();
    model->set_rest(25ms);
    start(GetParam().make_scanner, timing);
    ASSERT_TRUE(await("online"));
  }
};

INSTANTIATE_TEST_SUITE_P(Each, AnyCodeScanner, testing::ValuesIn(kKinds), [](const auto& each) { return each.param.name; });

TEST_P(AnyCodeScanner, reads_every_kind_of_payload) {
  start_online();
  for (const auto& [kind, text] : {std::pair{receipt_code, "linli:HP-03:7K4-29M-6"},
                                   {ticket_number, "A017"},
                                   {appointment, "2026112300017"},
                                   {opaque_token, "eyJhbGciOiJub25lIn0.e30.c2ln-_~/+=="},
                                   {plain_text, "Some {words}, 'quoted' & \"more\" <^_^> @ #17 \\ 100% | ~`$?;:!*()"}}) {
    arm({kind});
    model->show(text);
    EXPECT_EQ(next(), std::string("scanned ") + text);
  }
  EXPECT_EQ(count(Counter::reads), 5U);
  EXPECT_EQ(count(Counter::connects), 1U);
}

TEST_P(AnyCodeScanner, reads_codes_of_every_length_around_the_size_of_a_report) {
  start_online();
  for (const std::size_t size : {16U, 55U, 56U, 57U, 58U, 59U, 64U, 112U, 116U, 117U, 128U, 2048U}) {
    const std::string token(size, 'x');
    arm({opaque_token});
    model->show(token);
    EXPECT_EQ(next(), "scanned " + token) << size;
  }
}

TEST_P(AnyCodeScanner, reads_hanzi_in_either_encoding_or_refuses_them) {
  start_online();
  for (const char* bytes : {"测试甲", "\xB2\xE2\xCA\xD4\xBC\xD7"}) {
    arm({plain_text});
    model->show(bytes);
    EXPECT_EQ(next(), GetParam().hanzi ? "scanned 测试甲" : "refused SCAN-007");
  }
}

TEST_P(AnyCodeScanner, gives_one_result_for_each_arming) {
  start_online();
  arm();
  model->show("A017");
  EXPECT_EQ(next(), "scanned A017");
  model->show("A018");
  EXPECT_TRUE(await_count(Counter::refused, 1));
  arm();
  model->show("A019");
  EXPECT_EQ(next(), "scanned A019");
}

TEST_P(AnyCodeScanner, drops_what_is_shown_while_nobody_asked) {
  start_online();
  model->show("A017");
  EXPECT_TRUE(await_count(Counter::refused, 1));
  arm();
  scanner->disarm();
  model->show("A018");
  EXPECT_TRUE(await_count(Counter::refused, 2));
  EXPECT_FALSE(try_next());
}

TEST_P(AnyCodeScanner, stays_armed_when_it_refuses) {
  start_online();
  arm();
  model->show("Z-not-a-ticket");
  EXPECT_EQ(next(), "refused SCAN-005");
  model->show("A017");
  EXPECT_EQ(next(), "scanned A017");
}

TEST_P(AnyCodeScanner, asks_for_what_the_last_arming_wanted) {
  start_online();
  arm({ticket_number});
  arm({receipt_code});
  model->show("A017");
  EXPECT_EQ(next(), "refused SCAN-005");
  model->show("7K4-29M-6");
  EXPECT_EQ(next(), "scanned 7K4-29M-6");
}

// The thread is kept in its sink while a code is shown and a screen arms.
TEST_P(AnyCodeScanner, throws_away_what_lay_unread_when_it_was_armed) {
  base::Mailbox<int> go_on;
  std::atomic<bool> hold{false};
  base::Mailbox<int> held;
  on_event = [&] {
    if (!hold.exchange(false)) return;
    (void)held.post(0);
    (void)go_on.take_for(20s);
  };
  auto timing = quick_scanner();
  timing.away = 0ms;
  start_online(timing);
  hold = true;
  scanner->check(hal::HealthCheck::passive);
  ASSERT_TRUE(held.take_for(20s));
  model->show("A017");
  arm();
  (void)go_on.post(0);
  EXPECT_TRUE(await_count(Counter::refused, 1));
  EXPECT_EQ(next(), "passed: code scanner: online");
  EXPECT_FALSE(try_next());
  scanner.reset();  // its thread may still be leaving the sink, which uses what ends here
}

TEST_P(AnyCodeScanner, comes_back_after_it_was_unplugged_and_is_still_armed) {
  start_online();
  arm();
  for (int i = 0; i < 3; ++i) {
    model->unplug();
    EXPECT_EQ(next(), "no device");
    model->plug();
    EXPECT_TRUE(await("online"));
  }
  model->show("A017");
  EXPECT_EQ(next(), "scanned A017");
  EXPECT_EQ(count(Counter::connects), 4U);
}

TEST_P(AnyCodeScanner, forgets_half_a_code_when_it_is_unplugged_inside_it) {
  start_online();
  arm({opaque_token});
  model->unplug_after(2);
  model->show(std::string(200, 'a'));
  EXPECT_EQ(next(), "no device");
  EXPECT_GE(count(Counter::noise), 1U);
  model->plug();
  EXPECT_TRUE(await("online"));
  model->show(std::string(20, 'b'));
  EXPECT_EQ(next(), "scanned " + std::string(20, 'b'));
}

TEST_P(AnyCodeScanner, survives_noise) {
  start_online();
  arm();
  model->send_garbage({0xFF});
  model->send_garbage(std::vector<std::uint8_t>(61, 0xA5));
  model->send_garbage(std::vector<std::uint8_t>(64, 0x02));
  // Refused or counted, but never delivered; after a pause all is well.
  while (count(Counter::noise) + count(Counter::misreads) + count(Counter::refused) == 0) std::this_thread::yield();
  for (std::optional<std::string> heard; heard != "scanned A017"; heard = next_within(100ms)) {
    // Refused is noise, or noise that ran into the code.
    ASSERT_TRUE(!heard || heard->starts_with("refused")) << *heard;
    if (model->waiting() == 0) model->show("A017");
  }
}

TEST_P(AnyCodeScanner, reports_few_refusals_in_a_flood_of_scans_and_still_reads) {
  start_online();
  const auto begun = std::chrono::steady_clock::now();
  arm({receipt_code});
  model->set_rest(0ms);
  for (int i = 0; i < 2'000; ++i) model->show("Z-not-a-receipt");
  model->set_rest(25ms);
  long refusals = 0;
  while (true) {  // what came first may have run into the flood
    if (model->waiting() == 0) model->show("7K4-29M-6");
    const auto heard = next_within(100ms);
    if (heard == "scanned 7K4-29M-6") break;
    if (heard) {
      ASSERT_TRUE(heard->starts_with("refused")) << *heard;
      ++refusals;
    }
    ASSERT_LT(std::chrono::steady_clock::now() - begun, 60s);
  }
  const auto seconds = (std::chrono::steady_clock::now() - begun) / 1s;
  EXPECT_LE(refusals, (seconds + 2) * hal::kMostRefusalsPerSecond);
}

TEST_P(AnyCodeScanner, passes_an_interactive_check_when_a_code_is_shown) {
  start_online();
  scanner->check(hal::HealthCheck::interactive);
  scanner->check(hal::HealthCheck::passive);  // replaces it, if it had begun
  ASSERT_TRUE(await("passed: code scanner: online"));
  scanner->check(hal::HealthCheck::active);
  ASSERT_TRUE(await("passed: "));
  scanner->check(hal::HealthCheck::interactive);
  while (true) {  // until the check has begun
    model->show("A017");
    if (const auto heard = try_next()) {
      EXPECT_TRUE(heard->starts_with("passed: a code of ")) << *heard;
      EXPECT_EQ(heard->find("A017"), std::string::npos);
      break;
    }
    while (model->waiting() > 0) std::this_thread::yield();
  }
}

TEST_P(AnyCodeScanner, fails_an_interactive_check_when_nobody_shows_a_code) {
  auto timing = quick_scanner();
  timing.interactive = 10ms;
  start_online(timing);
  model->set_silent(true);
  scanner->check(hal::HealthCheck::interactive);
  model->show("A017");
  EXPECT_EQ(next(), "failed: no code was shown");
}

TEST_P(AnyCodeScanner, fails_a_check_while_it_is_not_there) {
  start_online();
  model->unplug();
  EXPECT_EQ(next(), "no device");
  for (const auto level : {hal::HealthCheck::passive, hal::HealthCheck::active, hal::HealthCheck::interactive}) {
    scanner->check(level);
    EXPECT_EQ(next(), "failed: code scanner: no device");
  }
}

TEST_P(AnyCodeScanner, ends_at_once_whatever_it_is_doing) {
  hal::ScannerTiming patient;
  patient.listen = patient.absent_period = 10min;
  const auto begun = std::chrono::steady_clock::now();
  start_online(patient);
  scanner.reset();  // listening
  start(GetParam().make_scanner, patient);
  ASSERT_TRUE(await("online"));
  model->unplug();
  EXPECT_EQ(next(), "no device");
  scanner.reset();  // waiting for a device
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 5min);
}

TEST(AnAbsentCodeScanner, says_so_and_fails_every_check) {
  std::vector<std::string> heard;
  const auto scanner =
      hal::make_absent_code_scanner([&](const hal::CodeScannerEvent& event) { heard.push_back(in_words(event)); });
  scanner->arm({{ticket_number}});
  scanner->disarm();
  scanner->check(hal::HealthCheck::active);
  EXPECT_EQ(heard, (std::vector<std::string>{"no device", "failed: no code scanner is configured"}));
}

}  // namespace
