// Connects any simulated device to the bulk endpoints of a gadget.
#pragma once

#include <memory>
#include <utility>

#include "hal/simulated/simulated_transport.h"
#include "tests/hal/usb/usb_gadget.h"

namespace usb_test {

class ModelFirmware final : public Firmware {
 public:
  explicit ModelFirmware(std::shared_ptr<hal::DeviceModel> model) : cable_(hal::make_simulated_transport(std::move(model))) {}

 private:
  std::size_t take(std::uint8_t, std::span<const std::uint8_t> bytes) override {
    return line() ? line_->write(bytes, std::chrono::milliseconds{0}).count : 0;
  }
  std::size_t give(std::uint8_t, std::span<std::uint8_t> buffer) override {
    return line() ? line_->read(buffer, std::chrono::milliseconds{0}).count : 0;
  }
  bool line() {
    if (!line_) line_ = cable_->open();
    return line_ != nullptr;
  }

  const std::unique_ptr<hal::TransportFactory> cable_;
  std::unique_ptr<hal::ByteTransport> line_;
};

}  // namespace usb_test
