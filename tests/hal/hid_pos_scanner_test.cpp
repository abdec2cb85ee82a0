// HID Point of Sale: descriptors, reports, and what only such scanners do.
#include "hal/scanner/hid_pos_scanner.h"

#include <gtest/gtest.h>

#include "base/hex.h"
#include "hal/scanner/hid_pos_report.h"
#include "hal/scanner/hid_report_descriptor.h"
#include "tests/hal/scanner_rig.h"

namespace {

using namespace scanner_test;
using enum hal::PayloadKind;
using hal::HidPosVariant;
using Bytes = std::vector<std::uint8_t>;

class AHidPosScanner : public testing::Test, protected ScannerRig {
 protected:
  void start_with(HidPosVariant variant, const hal::ScannerTiming& timing = quick_scanner()) {
    device = std::make_shared<hal::HidPosScanner>(variant);
    model = device;
    start(hal::make_hid_pos_scanner, timing);
  }
  std::shared_ptr<hal::HidPosScanner> device;
};

TEST_F(AHidPosScanner, that_has_to_be_enabled_is_after_every_connect) {
  start_with(HidPosVariant::honeywell);
  ASSERT_EQ(next(), "online SIM-HIDPOS-1");
  EXPECT_EQ(model->written(), 2U);
  model->unplug();
  model->plug();
  ASSERT_TRUE(await("online"));
  EXPECT_EQ(model->written(), 4U);
  scanner->check(hal::HealthCheck::active);
  EXPECT_EQ(next(), "passed: the scanner took its setting anew");
  EXPECT_EQ(model->written(), 6U);
}

TEST_F(AHidPosScanner, that_needs_no_enabling_is_told_nothing) {
  start_with(HidPosVariant::third);
  ASSERT_TRUE(await("online"));
  EXPECT_EQ(model->written(), 0U);
}

TEST_F(AHidPosScanner, that_does_not_take_its_setting_does_not_answer) {
  auto timing = quick_scanner();
  timing.answer = 10ms;
  device = std::make_shared<hal::HidPosScanner>(HidPosVariant::honeywell);
  device->set_deaf(true);
  model = device;
  start(hal::make_hid_pos_scanner, timing);
  EXPECT_EQ(next(), "offline SCAN-002");
  device->set_deaf(false);
  EXPECT_TRUE(await("online"));
  EXPECT_GE(count(Counter::unanswered), 1U);
}

TEST_F(AHidPosScanner, that_became_a_keyboard_is_in_the_wrong_mode) {
  start_with(HidPosVariant::keyboard);
  EXPECT_EQ(next(), "hardware fault SCAN-007");
}

TEST_F(AHidPosScanner, gives_up_a_code_whose_end_does_not_come) {
  for (const auto variant : {HidPosVariant::honeywell, HidPosVariant::third}) {
    scanner.reset();
    start_with(variant);
    ASSERT_TRUE(await("online"));
    arm({opaque_token});
    model->show_cut(std::string(200, 'a'), 2);
    EXPECT_EQ(next(), "refused SCAN-004");
    model->show(std::string(200, 'b'));
    EXPECT_EQ(next(), "scanned " + std::string(200, 'b'));
    EXPECT_EQ(count(Counter::misreads), 1U);
  }
}

TEST_F(AHidPosScanner, never_joins_half_a_code_with_one_of_another_symbology) {
  auto timing = quick_scanner();
  timing.fragment = 10min;
  start_with(HidPosVariant::honeywell, timing);
  ASSERT_TRUE(await("online"));
  arm({opaque_token});
  model->show_cut(std::string(100, 'a'), 1);
  model->show(std::string(20, 'b'), {'C', '0'});
  EXPECT_EQ(next(), "refused SCAN-004");
  EXPECT_EQ(next(), "scanned " + std::string(20, 'b'));
}

TEST_F(AHidPosScanner, gives_up_a_code_with_a_torn_report) {
  start_with(HidPosVariant::honeywell);
  ASSERT_TRUE(await("online"));
  arm({opaque_token});
  model->show_torn(std::string(200, 'a'), 1);
  EXPECT_EQ(next(), "refused SCAN-004");
  EXPECT_GE(count(Counter::noise), 1U);
}

TEST_F(AHidPosScanner, delivers_the_first_of_two_merged_codes_only) {
  start_with(HidPosVariant::newland);
  ASSERT_TRUE(await("online"));
  arm();
  model->show_merged("A017", "A018");
  EXPECT_EQ(next(), "scanned A017");
  EXPECT_TRUE(await_count(Counter::refused, 1));
}

TEST_F(AHidPosScanner, refuses_one_symbol_of_several) {
  start_with(HidPosVariant::honeywell);
  ASSERT_TRUE(await("online"));
  arm();
  model->show("A017", {'z', '6'});
  EXPECT_EQ(next(), "refused SCAN-006");
}

TEST_F(AHidPosScanner, drops_the_rest_of_a_code_that_began_before_it_was_armed) {
  auto timing = quick_scanner();
  timing.fragment = 10min;
  start_with(HidPosVariant::honeywell, timing);
  ASSERT_TRUE(await("online"));
  model->show_cut(std::string(60, 'a'), 1);
  while (model->waiting() > 0) std::this_thread::yield();
  scanner->check(hal::HealthCheck::passive);  // answered once the piece has been worked off
  ASSERT_TRUE(await("passed"));
  arm({plain_text});
  model->show("tail");  // the driver takes it for the rest
  EXPECT_TRUE(await_count(Counter::refused, 1));
  model->show("A017");
  EXPECT_EQ(next(), "scanned A017");
}

// Layouts, as the descriptors have them.

hal::HidPosLayout layout_of(HidPosVariant variant) {
  auto layout = hal::find_hid_pos_layout(hal::hid_pos_descriptor(variant));
  EXPECT_TRUE(layout);
  return layout ? *layout : hal::HidPosLayout{};
}

TEST(AHidPosDescriptor, of_honeywell_has_everything) {
  const auto layout = layout_of(HidPosVariant::honeywell);
  EXPECT_EQ(layout.report, 2);
  EXPECT_EQ(layout.count, 1U);
  EXPECT_EQ(layout.symbology, (std::array<std::size_t, 3>{2, 3, 4}));
  EXPECT_EQ(layout.data, 5U);
  EXPECT_EQ(layout.data_size, 56U);
  EXPECT_EQ(layout.continued, 63U * 8);
  EXPECT_EQ(layout.shortest, 64U);
  EXPECT_EQ(layout.greeting, (Bytes{0xFE, 0x01}));
}

TEST(AHidPosDescriptor, of_newland_has_neither_symbology_nor_continuation) {
  const auto layout = layout_of(HidPosVariant::newland);
  EXPECT_EQ(layout.report, 2);
  EXPECT_EQ(layout.data, 2U);
  EXPECT_EQ(layout.data_size, 56U);
  EXPECT_FALSE(layout.symbology);
  EXPECT_FALSE(layout.continued);
  EXPECT_EQ(layout.shortest, 64U);
  EXPECT_TRUE(layout.greeting.empty());
}

TEST(AHidPosDescriptor, without_report_ids_begins_at_the_first_byte) {
  const auto layout = layout_of(HidPosVariant::third);
  EXPECT_FALSE(layout.report);
  EXPECT_EQ(layout.symbology, (std::array<std::size_t, 3>{0, 1, 2}));
  EXPECT_EQ(layout.continued, 31U);
  EXPECT_EQ(layout.count, 4U);
  EXPECT_EQ(layout.count_size, 2U);
  EXPECT_EQ(layout.data, 6U);
  EXPECT_EQ(layout.data_size, 58U);
}

TEST(AHidPosDescriptor, that_is_cut_at_any_byte_is_refused) {
  for (const auto variant : {HidPosVariant::honeywell, HidPosVariant::newland, HidPosVariant::third}) {
    const Bytes whole = hal::hid_pos_descriptor(variant);
    for (std::size_t cut = 0; cut < whole.size(); ++cut) {
      const auto layout = hal::find_hid_pos_layout(std::span(whole).first(cut));
      ASSERT_FALSE(layout) << cut;
      EXPECT_EQ(layout.error().failure, base::Failure::scan_out_of_service);
    }
  }
}

TEST(AHidPosDescriptor, that_is_hostile_is_refused) {
  for (const Bytes& bytes : std::vector<Bytes>{
           {0xC0},                                                  // an end without a beginning
           {0xB4},                                                  // a pop without a push
           {0x85, 0x00},                                            // report id 0
           {0x77, 0xFF, 0xFF, 0xFF, 0xFF},                          // a value of 512 MiB
           {0x97, 0xFF, 0xFF, 0xFF, 0xFF},                          // 4 billion values
           {0x75, 0x08, 0x96, 0x00, 0x10, 0x81, 0x02, 0x81, 0x02},  // a report of 64 KiB
           {0x75, 0x00, 0x95, 0xFF, 0x19, 0x00, 0x29, 0xFF, 0x81, 0x02, 0x81, 0x02, 0x81, 0x02, 0x81, 0x02, 0x81,
            0x02},              // fields of no bits
           {0xFE, 0xFF, 0x00},  // a long item that goes past the end
           Bytes(17, 0xA1),     // cut inside a collection
           Bytes(5000, 0xA4),   // too long
       })
    EXPECT_FALSE(hal::find_hid_pos_layout(bytes)) << base::to_hex(bytes);
}

TEST(AHidPosReport, that_counts_more_bytes_than_it_has_is_damaged) {
  const auto layout = layout_of(HidPosVariant::honeywell);
  Bytes report(64, 'x');
  report[0] = 2;
  for (const int count : {57, 58, 63, 64, 255}) {
    report[1] = static_cast<std::uint8_t>(count);
    const auto reading = hal::read_hid_pos_report(layout, report);
    EXPECT_FALSE(reading.report);
    EXPECT_EQ(reading.nothing, hal::HidPosNothing::damaged);
  }
  report[1] = 56;
  ASSERT_TRUE(hal::read_hid_pos_report(layout, report).report);
}

TEST(AHidPosReport, ends_at_its_count_and_not_at_a_zero) {
  const auto layout = layout_of(HidPosVariant::newland);
  Bytes report(64);
  report[0] = 2;
  report[1] = 3;
  report[2] = 'a';
  report[4] = 'b';
  const auto reading = hal::read_hid_pos_report(layout, report);
  ASSERT_TRUE(reading.report);
  EXPECT_EQ(Bytes(reading.report->data.begin(), reading.report->data.end()), (Bytes{'a', 0, 'b'}));
}

TEST(AHidPosReport, of_another_id_is_passed_over) {
  const auto reading = hal::read_hid_pos_report(layout_of(HidPosVariant::honeywell), Bytes{0x03, 0x01});
  EXPECT_FALSE(reading.report);
  EXPECT_EQ(reading.nothing, hal::HidPosNothing::other_report);
}

}  // namespace
