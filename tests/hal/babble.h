// A line that never stops talking and never says anything.
#pragma once

#include <algorithm>
#include <memory>

#include "hal/transport/byte_transport.h"

namespace transport_test {

class Babble final : public hal::ByteTransport {
 public:
  const hal::TransportInfo& info() const override { return info_; }
  hal::Transferred write(std::span<const std::uint8_t> bytes, std::chrono::milliseconds) override { return {bytes.size(), {}}; }
  hal::Transferred read(std::span<std::uint8_t> buffer, std::chrono::milliseconds) override {
    std::ranges::fill(buffer, std::uint8_t{0xAA});
    return {buffer.size(), {}};
  }
  void cancel() override {}

 private:
  hal::TransportInfo info_;
};

class Babbling final : public hal::TransportFactory {
 public:
  std::unique_ptr<hal::ByteTransport> open() override { return std::make_unique<Babble>(); }
  void wait_for_device(std::chrono::milliseconds) override {}
  void cancel() override {}
};

// Something is there that may not be opened.
class Forbidden final : public hal::TransportFactory {
 public:
  std::unique_ptr<hal::ByteTransport> open() override { return nullptr; }
  std::optional<base::Failure> trouble() const override { return base::Failure::device_no_permission; }
  void wait_for_device(std::chrono::milliseconds) override {}
  void cancel() override {}
};

}  // namespace transport_test
