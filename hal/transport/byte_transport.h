// Bytes to and from one device: USB, serial, TCP or simulated. One thread uses it; cancel() may come from another.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"

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

class ByteTransport {
 public:
  virtual ~ByteTransport() = default;

  // Writes all of `bytes` or says how far it came. A timed-out write may have delivered part: never resend blindly.
  virtual Transferred write(std::span<const std::uint8_t> bytes, std::chrono::milliseconds patience) = 0;
  // Waits for at least one byte and returns what is there, at most `buffer.size()`.
  virtual Transferred read(std::span<std::uint8_t> buffer, std::chrono::milliseconds patience) = 0;
  // Ends a call in progress, and every later one, with `cancelled`. Any thread.
  virtual void cancel() = 0;
};

// Opens the device, again and again as it comes and goes.
class TransportFactory {
 public:
  virtual ~TransportFactory() = default;
  // Null while nothing is connected. Never blocks for longer than a second.
  virtual std::unique_ptr<ByteTransport> open() = 0;
  // Waits until a device may have appeared, the time is over or cancel() was called. Any thread may cancel.
  virtual void wait_for_device(std::chrono::milliseconds patience) = 0;
  virtual void cancel() = 0;
};

}  // namespace hal
