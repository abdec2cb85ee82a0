// Where a device is to be found, as kiosk.toml says it:
//
//   usb                                     any device that the driver knows by its ids or descriptors
//   usb:1-1.2                               the one at this place of the USB tree (`linlictl devices` shows it)
//   serial:/dev/ttyS1                       8N1; the driver finds the speed
//   serial:/dev/ttyS1?baud=9600&parity=odd&flow=xonxoff
//   tcp:192.168.1.50:9100                   port 9100 when none is named
//   evdev, evdev:1-1.3                      a keyboard that is a scanner; grabbed
//   pcsc, pcsc:ACME Reader 00 00            a slot of pcscd
//   video:/dev/video0                       a camera
//   simulated                               a model in this process
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace hal {

enum class PortKind : std::uint8_t { usb, serial, tcp, evdev, pcsc, video, simulated };
enum class Parity : std::uint8_t { none, odd, even };
enum class FlowControl : std::uint8_t { none, rtscts, xonxoff };

struct PortAddress {
  PortKind kind = PortKind::simulated;
  std::string where;  // device file, host, place in the USB tree, reader; empty: any
  std::uint16_t tcp_port = 9100;
  int baud = 0;  // 0: the driver tries its speeds, or takes 115200
  Parity parity = Parity::none;
  FlowControl flow = FlowControl::none;

  friend bool operator==(const PortAddress&, const PortAddress&) = default;
};

bool is_serial_speed(int baud);

// device_port_invalid with the text and what is expected in detail.
base::Result<PortAddress> parse_port_address(std::string_view text);
std::string to_string(const PortAddress& address);  // parses to the same

}  // namespace hal
