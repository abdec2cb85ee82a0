// The power of a hub's port, on a /sys of umockdev's.
#include "hal/transport/usb/usb_port_power.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "base/mailbox.h"
#include "hal/transport/usb/usb_context.h"
#include "tests/hal/usb/switched_port.h"

namespace {

using namespace std::chrono_literals;

TEST(AUsbPort, is_found_by_the_place_of_the_device_in_it) {
  EXPECT_EQ(hal::usb_port_folder("1-3"), "/sys/bus/usb/devices/1-0:1.0/usb1-port3");
  EXPECT_EQ(hal::usb_port_folder("1-1.2"), "/sys/bus/usb/devices/1-1:1.0/1-1-port2");
  EXPECT_EQ(hal::usb_port_folder("12-1.4.10"), "/sys/bus/usb/devices/12-1.4:1.0/12-1.4-port10");
  for (const auto* no_place : {"", "usb1", "-", "1-", ".2"}) EXPECT_EQ(hal::usb_port_folder(no_place), "") << no_place;
}

TEST(AUsbPort, is_without_power_as_long_as_it_is_held_and_its_twin_with_it) {
  usb_test::Bus bus;
  base::Mailbox<bool> powered;
  const usb_test::SwitchedPort port(bus, [&](bool on) { (void)powered.post(on); });
  auto cut = hal::cut_usb_port_power("1-1");
  ASSERT_TRUE(cut);
  EXPECT_EQ(powered.take_for(20s), false);
  EXPECT_EQ(port.twin(), "1");
  cut.reset();
  EXPECT_EQ(powered.take_for(20s), true);
  EXPECT_EQ(port.twin(), "10");
}

TEST(AUsbPort, of_a_hub_that_does_not_switch_keeps_its_power) {
  usb_test::Bus bus;
  EXPECT_FALSE(hal::cut_usb_port_power("1-1"));
  EXPECT_FALSE(hal::cut_usb_port_power("usb1"));
  usb_test::SwitchedPort::add_port(bus);
  EXPECT_FALSE(hal::cut_usb_port_power("1-1"));  // Linux before 6.0
}

TEST(AUsbPort, that_a_killed_process_left_without_power_has_it_back_with_the_next_start) {
  usb_test::Bus bus;
  const auto attribute = usb_test::SwitchedPort::add_port(bus) / "disable";
  std::ofstream(attribute) << "1\n";
  const auto context = hal::UsbContext::shared();
  std::ifstream file(attribute);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), "0\n");
}

}  // namespace
