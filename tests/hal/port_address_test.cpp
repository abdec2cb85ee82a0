#include "hal/transport/port_address.h"

#include <gtest/gtest.h>

#include <utility>

namespace {

using hal::parse_port_address;
using hal::PortAddress;
using hal::PortKind;

TEST(APortAddress, is_read_in_every_form_and_written_back) {
  const std::pair<std::string, PortAddress> forms[] = {
      {"usb", {PortKind::usb, {}}},
      {"usb:1-1.2", {PortKind::usb, "1-1.2"}},
      {"serial:/dev/ttyS1", {PortKind::serial, "/dev/ttyS1"}},
      {"serial:/dev/ttyS1?baud=115200&parity=odd&flow=xonxoff",
       {PortKind::serial, "/dev/ttyS1", 9100, 115200, hal::Parity::odd, hal::FlowControl::xonxoff}},
      {"tcp:printer.hall:9101", {PortKind::tcp, "printer.hall", 9101}},
      {"tcp:[fe80::1]:9100", {PortKind::tcp, "fe80::1", 9100}},
      {"evdev", {PortKind::evdev, {}}},
      {"pcsc:ACME Reader: 00 00", {PortKind::pcsc, "ACME Reader: 00 00"}},
      {"video:/dev/video0", {PortKind::video, "/dev/video0"}},
      {"simulated", {}},
  };
  for (const auto& [text, address] : forms) {
    const auto parsed = parse_port_address(text);
    ASSERT_TRUE(parsed) << text;
    EXPECT_EQ(*parsed, address) << text;
    EXPECT_EQ(to_string(address), text);
  }
  EXPECT_EQ(parse_port_address("tcp:10.0.0.5")->tcp_port, 9100);
}

TEST(APortAddress, that_is_wrong_is_refused_with_what_is_expected) {
  for (const auto* text :
       {"", "usb2", "serial", "serial:ttyS1", "serial:/dev/ttyS1?baud=12345", "serial:/dev/ttyS1?speed=9600",
        "serial:/dev/ttyS1?parity=mark", "tcp:", "tcp:host:0", "tcp:host:99999", "tcp:host:91x", "video:0", "simulated:x"}) {
    const auto parsed = parse_port_address(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().failure, base::Failure::device_port_invalid);
    EXPECT_NE(parsed.error().detail.find("expected"), std::string::npos);
  }
}

}  // namespace
