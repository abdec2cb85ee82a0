// What the system shows of plugged-in devices: the real libudev and libusb on a bus of umockdev.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "base/hex.h"
#include "hal/registry/driver_table.h"
#include "hal/registry/sighting.h"
#include "hal/simulated/hid_pos_scanner.h"
#include "tests/hal/usb/usb_gadget.h"

namespace {

using hal::Sighting;

class Nothing final : public usb_test::Firmware {
  std::size_t take(std::uint8_t, std::span<const std::uint8_t> bytes) override { return bytes.size(); }
  std::size_t give(std::uint8_t, std::span<std::uint8_t>) override { return 0; }
};

std::optional<Sighting> seen_as(const std::string& subsystem) {
  const auto all = hal::sightings();
  const auto found = std::ranges::find(all, subsystem, &Sighting::subsystem);
  return found == all.end() ? std::nullopt : std::optional(*found);
}

TEST(WhatIsPluggedIn, shows_a_printer_with_its_place_and_interfaces) {
  usb_test::Bus bus;
  EXPECT_FALSE(seen_as("usb")) << "the hub is no device";
  Nothing firmware;
  usb_test::UsbGadget gadget(bus, "1-2", 0x1234, 0x5678, {{7, 1, 2, {0x01, 0x82}}}, firmware);
  gadget.plug();
  const auto printer = seen_as("usb");
  ASSERT_TRUE(printer);
  EXPECT_EQ(to_string(printer->port), "usb:1-2");
  EXPECT_EQ(printer->vendor_id, 0x1234);
  EXPECT_EQ(printer->product_id, 0x5678);
  EXPECT_EQ(printer->node, "/dev/bus/usb/001/002");
  EXPECT_FALSE(hal::recognise_escpos(*printer).empty());
  gadget.unplug();
  EXPECT_FALSE(seen_as("usb"));
}

TEST(WhatIsPluggedIn, shows_a_scanner_as_hidraw_and_another_as_a_serial_port) {
  usb_test::Bus bus;
  const auto descriptor = base::to_hex(hal::hid_pos_descriptor(hal::HidPosVariant::honeywell));
  const std::string text =
      "P: /devices/pci0000:00/usb1/1-3\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\nA: idVendor=0c2e\\n\nA: idProduct=0901\\n\n"
      "A: manufacturer=Honeywell\\n\nA: product=Scanner \\x1b[31m1900\\n\n\n"
      "P: /devices/pci0000:00/usb1/1-3/1-3:1.0/0003:0C2E:0901.0001/hidraw/hidraw0\nN: hidraw0\nE: SUBSYSTEM=hidraw\n"
      "E: DEVNAME=/dev/hidraw0\nH: device/report_descriptor=" +
      descriptor +
      "\n\nP: /devices/pci0000:00/usb1/1-3/1-3:1.1/tty/ttyACM0\nN: ttyACM0\nE: SUBSYSTEM=tty\nE: DEVNAME=/dev/ttyACM0\n";
  GError* error = nullptr;
  ASSERT_TRUE(umockdev_testbed_add_from_string(bus.testbed(), text.c_str(), &error)) << error->message;
  const auto scanner = seen_as("hidraw");
  ASSERT_TRUE(scanner);
  EXPECT_EQ(to_string(scanner->port), "usb:1-3");
  EXPECT_FALSE(hal::recognise_hid_pos(*scanner).empty());
  EXPECT_NE(scanner->name.find("Honeywell Scanner"), std::string::npos) << scanner->name;
  EXPECT_EQ(scanner->name.find('\x1b'), std::string::npos) << "a device does not write on the terminal of the staff";
  const auto line = seen_as("tty");
  ASSERT_TRUE(line);
  EXPECT_EQ(to_string(line->port), "serial:/dev/ttyACM0");
  EXPECT_FALSE(hal::recognise_serial_scanner(*line).empty());
}

}  // namespace
