// One place makes every transport, and the HID descriptors are read for no more than that.
#include "hal/transport/make_transport.h"

#include <gtest/gtest.h>

#include <array>

#include "hal/scanner/known_scanners.h"
#include "hal/transport/hidraw/hid_report_kinds.h"

namespace {

TEST(APort, that_carries_no_bytes_says_that_it_is_invalid) {
  for (const auto* text : {"pcsc", "video:/dev/video0", "simulated"}) {
    const auto address = hal::parse_port_address(text);
    ASSERT_TRUE(address) << text;
    const auto factory = hal::make_transport(*address, {});
    EXPECT_FALSE(factory->open()) << text;
    EXPECT_EQ(factory->trouble(), base::Failure::device_port_invalid) << text;
  }
}

TEST(APort, with_nothing_connected_has_no_trouble) {
  for (const auto* text : {"usb:9-9", "serial:/dev/linli-nothing", "evdev:9-9"}) {
    const auto address = hal::parse_port_address(text);
    ASSERT_TRUE(address) << text;
    const auto factory = hal::make_transport(*address, {{{.vendor_id = 1, .product_id = 1}}, {}});
    EXPECT_FALSE(factory->open()) << text;
    EXPECT_NE(factory->trouble(), base::Failure::device_no_permission) << text;
  }
}

// Report 2 goes in, report FE is a feature, report 3 goes out.
constexpr std::array<std::uint8_t, 29> kDescriptor{0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01, 0x85, 0x02, 0x81, 0x02,
                                                   0x85, 0xFE, 0x06, 0x00, 0xFF, 0x95, 0x01, 0x09, 0x01, 0xB1,
                                                   0x02, 0x85, 0x03, 0x91, 0x02, 0xB1, 0x02, 0xC0, 0x00};

TEST(AHidDescriptor, says_what_the_device_is) {
  EXPECT_EQ(hal::first_usage_page(kDescriptor), hal::kBarcodeScannerPage);
  EXPECT_EQ(hal::first_usage_page({}), 0);
}

TEST(AHidDescriptor, says_which_reports_are_features_only) {
  EXPECT_TRUE(hal::is_feature_only(kDescriptor, 0xFE));
  EXPECT_FALSE(hal::is_feature_only(kDescriptor, 0x02));
  EXPECT_FALSE(hal::is_feature_only(kDescriptor, 0x03));
}

TEST(AHidDescriptor, that_breaks_off_anywhere_is_read_to_its_end_only) {
  for (std::size_t size = 0; size <= kDescriptor.size(); ++size) {
    const std::vector<std::uint8_t> part(kDescriptor.begin(), kDescriptor.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_EQ(hal::first_usage_page(part), size < 6 ? 0 : hal::kBarcodeScannerPage) << size;
  }
  const std::array<std::uint8_t, 2> long_item_without_end{0xFE, 0xFF};
  EXPECT_EQ(hal::first_usage_page(long_item_without_end), 0);
}

TEST(ASelector, that_says_nothing_selects_nothing) {
  EXPECT_FALSE(hal::is_selected({}, {.file = "/dev/input/event0", .port = "1-1", .types = true}));
}

TEST(ASelector, needs_all_that_it_says) {
  const hal::UdevNode scanner{
      .port = "1-3", .vendor_id = 0x1EAB, .product_id = 0x1D10, .report_descriptor = {0x05, 0x8C, 0xA1, 0x01}};
  EXPECT_TRUE(hal::is_selected(hal::hid_pos_scanners(), scanner));
  EXPECT_TRUE(hal::is_selected(hal::hid_pos_scanners("1-3"), scanner));
  EXPECT_FALSE(hal::is_selected(hal::hid_pos_scanners("1-4"), scanner));
  EXPECT_TRUE(hal::is_selected(hal::wedge_scanners(), scanner));
  EXPECT_FALSE(hal::is_selected({{{0x1EAB, 0x0001}}, 0, {}}, scanner));
}

}  // namespace
