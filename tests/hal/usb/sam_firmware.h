// Connects the model of a card reader's module to the endpoints of a gadget, in one of the two framings.
#pragma once

#include <deque>
#include <memory>

#include "hal/simulated/sam_module.h"
#include "hal/simulated/simulated_transport.h"
#include "tests/hal/usb/usb_gadget.h"

namespace usb_test {

enum class Framing : std::uint8_t { stream, split };

class SamFirmware final : public Firmware {
 public:
  SamFirmware(std::shared_ptr<hal::SamModule> module, Framing framing)
      : framing_(framing), module_(std::move(module)), cable_(hal::make_simulated_transport(module_)) {}

  // What being pulled out and put back does to a module fed by the cable. Only while the gadget is unplugged.
  void lose_power() {
    line_ = nullptr;
    first_.clear();
    second_.clear();
    at_ = 0;
    module_->unplug();
    module_->plug();
  }

  // Nothing but a reset of the port ends it.
  void hang() { module_->set_silent(true); }

  static std::vector<std::uint8_t> endpoints(Framing framing) {
    return framing == Framing::stream ? std::vector<std::uint8_t>{0x02, 0x81} : std::vector<std::uint8_t>{0x81, 0x02, 0x85, 0x06};
  }

 private:
  static constexpr std::size_t kHeader = 7;

  std::size_t take(std::uint8_t, std::span<const std::uint8_t> bytes) override {
    return line() ? line_->write(bytes, std::chrono::milliseconds{0}).count : 0;
  }

  std::size_t give(std::uint8_t endpoint, std::span<std::uint8_t> buffer) override {
    std::array<std::uint8_t, 64> piece{};
    if (line()) {
      const auto count = line_->read(piece, std::chrono::milliseconds{0}).count;
      for (const auto byte : std::span(piece).first(count)) sort(byte);
    }
    auto& queue = endpoint == 0x81 ? first_ : second_;
    const std::size_t count = std::min(buffer.size(), queue.size());
    for (std::size_t i = 0; i < count; ++i, queue.pop_front()) buffer[i] = queue.front();
    return count;
  }

  void reset() override { module_->set_silent(false); }

  // Split: the header to the first pipe, what it counts to the second.
  void sort(std::uint8_t byte) {
    const bool in_body = framing_ == Framing::split && at_ >= kHeader;
    (in_body ? second_ : first_).push_back(byte);
    if (at_ == kHeader - 2) length_ = static_cast<std::size_t>(byte) << 8U;
    if (at_ == kHeader - 1) length_ += byte;
    ++at_;
    if (at_ >= kHeader && at_ == kHeader + length_) at_ = 0;
  }

  bool line() {
    if (!line_) line_ = cable_->open();
    return line_ != nullptr;
  }

  const Framing framing_;
  const std::shared_ptr<hal::SamModule> module_;  // shared with the test, which lays the cards
  const std::unique_ptr<hal::TransportFactory> cable_;
  std::unique_ptr<hal::ByteTransport> line_;
  std::deque<std::uint8_t> first_;
  std::deque<std::uint8_t> second_;
  std::size_t at_ = 0;  // inside the frame
  std::size_t length_ = 0;
};

}  // namespace usb_test
