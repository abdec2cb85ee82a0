// Which driver would take what is plugged in, why, and which udev rule lets it.
#include "hal/registry/recognition.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "hal/registry/driver_table.h"
#include "hal/simulated/hid_pos_scanner.h"
#include "test_places.h"

namespace {

using hal::PortKind;
using hal::Sighting;

hal::UsbInterface interface_of(std::uint8_t of_class, std::uint8_t subclass, std::uint8_t protocol) {
  return {0, 0, of_class, subclass, protocol, {{0x01, hal::UsbPipeKind::bulk, 64}, {0x82, hal::UsbPipeKind::bulk, 64}}};
}

Sighting usb(std::uint16_t vendor, std::uint16_t product, const hal::UsbInterface& interface) {
  return {{PortKind::usb, "1-1"}, "usb", "/dev/bus/usb/001/002", "", vendor, product, {interface}, {}, false};
}

Sighting node(std::string subsystem, PortKind kind, std::uint16_t vendor) {
  return {{kind, "1-1"}, std::move(subsystem), "/dev/node", "", vendor, 1, {}, {}, true};
}

// "sdt", or "" when no driver takes it; a second taker would be an accident of the table's order.
std::string driver_of(const Sighting& seen) {
  std::string taker;
  for (const auto& driver : hal::drivers()) {
    if (driver.recognise(seen).empty()) continue;
    EXPECT_TRUE(taker.empty()) << taker << " and " << driver.name;
    taker = driver.name;
  }
  return taker;
}

TEST(TheDriverTable, recognises_what_is_plugged_in) {
  EXPECT_EQ(driver_of(usb(0x0400, 0xC35A, interface_of(0xFF, 0, 0))), "sdt");
  EXPECT_EQ(driver_of(usb(0x04B8, 0x0202, interface_of(0xFF, 0, 0))), "escpos");
  EXPECT_EQ(driver_of(usb(0x1234, 0x5678, interface_of(7, 1, 2))), "escpos") << "by its class";
  auto hid = node("hidraw", PortKind::usb, 0x0C2E);
  hid.report_descriptor = hal::hid_pos_descriptor(hal::HidPosVariant::honeywell);
  EXPECT_EQ(driver_of(hid), "hid-pos");
  EXPECT_EQ(driver_of(node("tty", PortKind::serial, 0x1EAB)), "serial-scanner");
  EXPECT_EQ(driver_of(node("input", PortKind::evdev, 0x0C2E)), "keyboard-wedge");
  EXPECT_EQ(driver_of(node("pcsc", PortKind::pcsc, 0)), "pcsc");
  EXPECT_EQ(driver_of(node("video4linux", PortKind::video, 0)), "camera");
}

TEST(TheDriverTable, leaves_everything_else_alone) {
  EXPECT_EQ(driver_of(usb(0x0400, 0xC35B, interface_of(0xFF, 0, 0))), "");
  EXPECT_EQ(driver_of(usb(0x1234, 0x5678, interface_of(8, 6, 80))), "") << "a memory stick";
  EXPECT_EQ(driver_of(usb(0x1234, 0x5678, interface_of(7, 1, 4))), "") << "IPP over USB";
  auto keyboard = node("hidraw", PortKind::usb, 0x0C2E);
  keyboard.report_descriptor = hal::hid_pos_descriptor(hal::HidPosVariant::keyboard);
  EXPECT_EQ(driver_of(keyboard), "");
  EXPECT_EQ(driver_of(node("tty", PortKind::serial, 0)), "") << "nobody can tell what is at its end";
  EXPECT_EQ(driver_of(node("input", PortKind::evdev, 0x046D)), "") << "the keyboard of the staff";
}

TEST(AMissingPermission, is_given_by_a_line_of_the_rules) {
  std::ifstream file(LINLI_SOURCE_DIR "/packaging/udev/70-linli.rules");
  const std::string rules(std::istreambuf_iterator<char>(file), {});
  for (const auto& seen : {usb(0x0400, 0xC35A, interface_of(0xFF, 0, 0)), usb(0x04B8, 0x0202, interface_of(0xFF, 0, 0)),
                           usb(0x0C2E, 0x0901, interface_of(3, 0, 0)), node("hidraw", PortKind::usb, 0x0C2E),
                           node("input", PortKind::evdev, 0x1EAB), node("tty", PortKind::serial, 0x1EAB)})
    EXPECT_NE(rules.find(hal::granting_rule(seen)), std::string::npos) << hal::granting_rule(seen);
  const auto unknown = hal::granting_rule(usb(0x1234, 0x5678, interface_of(7, 1, 2)));
  EXPECT_NE(unknown.find(R"(ATTR{idVendor}=="1234", ATTR{idProduct}=="5678", GROUP="linli")"), std::string::npos) << unknown;
  const auto camera = hal::granting_rule(node("video4linux", PortKind::video, 0x1234));
  EXPECT_EQ(camera, R"(SUBSYSTEM=="video4linux", ATTRS{idVendor}=="1234", ATTRS{idProduct}=="0001", GROUP="linli", MODE="0660")");
  EXPECT_EQ(hal::granting_rule(node("video4linux", PortKind::video, 0)), "") << "not on USB";
  EXPECT_NE(hal::granting_rule(node("pcsc", PortKind::pcsc, 0)).find("polkit"), std::string::npos);
}

}  // namespace
