// A USB interface that was claimed: its pipes, numbered from 0 by rising endpoint number. One thread uses it; cancel() may
// come from another.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>

#include "hal/transport/byte_transport.h"

namespace hal {

class UsbPipes {
 public:
  virtual ~UsbPipes() = default;

  virtual const TransportInfo& info() const = 0;
  virtual std::size_t outs() const = 0;
  virtual std::size_t ins() const = 0;

  // As ByteTransport has them, of one pipe. The host listens to every IN pipe all the time, so what comes between two
  // reads waits for the next, and what comes with the deadline or a cancel() is not lost. An interrupt pipe keeps the
  // borders of its packets. A stalled pipe is cleared and the call goes on.
  virtual Transferred write(std::size_t out, std::span<const std::uint8_t> bytes, std::chrono::milliseconds patience) = 0;
  virtual Transferred read(std::size_t in, std::span<std::uint8_t> buffer, std::chrono::milliseconds patience) = 0;
  virtual void reset_device() = 0;
  virtual std::unique_ptr<PowerCut> cut_power() = 0;
  virtual void cancel() = 0;
};

}  // namespace hal
