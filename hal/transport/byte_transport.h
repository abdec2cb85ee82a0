// Bytes to and from one device: USB, serial, TCP or simulated. One thread uses it; cancel() may come from another.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/failure.h"

namespace hal {

enum class TransportError : std::uint8_t {
  timeout,    // the deadline passed; `count` bytes had gone through before
  gone,       // the device was unplugged or the connection closed; open a new one
  cancelled,  // cancel() was called
};

struct Transferred {
  std::size_t count = 0;                // bytes moved, also when an error ended the call
  std::optional<TransportError> error;  // nothing = the call did all it could do

  bool ok() const { return !error.has_value(); }
};

// What is known of the device at the other end.
struct TransportInfo {
  std::string port;                             // stable over unplugging: "usb:1-1.2", "serial:/dev/ttyS0", "tcp:10.0.0.5:9100"
  std::uint16_t vendor_id = 0;                  // 0: not USB
  std::uint16_t product_id = 0;                 //
  std::string serial;                           // of the device's own descriptor; often empty, often not unique
  std::vector<std::uint8_t> report_descriptor;  // HID only
  bool answers = true;                          // false: one way only, reads never bring anything
};

// A device's power that was cut; it comes back when this goes.
class PowerCut {
 public:
  virtual ~PowerCut() = default;
};

class ByteTransport {
 public:
  virtual ~ByteTransport() = default;

  // Fixed while the transport lives. Any thread.
  virtual const TransportInfo& info() const = 0;

  // Writes all of `bytes` or says how far it came. A timed-out write may have delivered part: never resend blindly.
  virtual Transferred write(std::span<const std::uint8_t> bytes, std::chrono::milliseconds patience) = 0;
  // Waits for at least one byte and returns what is there, at most `buffer.size()`. HID and evdev keep their borders: one
  // report, or whole input_event records.
  virtual Transferred read(std::span<std::uint8_t> buffer, std::chrono::milliseconds patience) = 0;
  // Resets the device at the other end, where the line can (USB); elsewhere nothing happens. The last deed on a transport:
  // open another.
  virtual void reset_device() {}
  // Cuts the power of the device at the other end, where it can be (the port of a USB hub that switches); null elsewhere. The
  // last deed on a transport, too: once the power is back, the device comes as if it were plugged in.
  virtual std::unique_ptr<PowerCut> cut_power() { return nullptr; }
  // Ends a call in progress, and every later one, with `cancelled`. Any thread.
  virtual void cancel() = 0;
};

// Opens the device, again and again as it comes and goes.
class TransportFactory {
 public:
  virtual ~TransportFactory() = default;
  // Null while nothing is connected, or it may not be opened: trouble() then says why. Never blocks for longer than a second.
  virtual std::unique_ptr<ByteTransport> open() = 0;
  // Why the last open() gave nothing though something is there: device_no_permission, device_port_invalid, …; nothing
  // when simply nothing is connected.
  virtual std::optional<base::Failure> trouble() const { return std::nullopt; }
  // Waits until a device may have appeared, the time is over or cancel() was called. Any thread may cancel.
  virtual void wait_for_device(std::chrono::milliseconds patience) = 0;
  virtual void cancel() = 0;
};

}  // namespace hal
