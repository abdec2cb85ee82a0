#include "hal/id_card/sdt_usb_transport.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/secret.h"
#include "hal/id_card/sdt_command.h"
#include "hal/transport/deadline.h"
#include "hal/transport/usb/usb_transport.h"

namespace hal {
namespace {

using std::chrono::milliseconds;

constexpr std::uint8_t kVendorClass = 0xFF;
constexpr std::size_t kHeader = 7;  // preamble and length
constexpr std::array<std::uint8_t, 5> kUsbPreamble{0xAA, 0xAA, 0xAA, 0x96, 0x69};
constexpr int kStaleReads = 64;  // at most, before a question

class SplitFraming final : public ByteTransport {
 public:
  explicit SplitFraming(std::unique_ptr<UsbPipes> pipes) : pipes_(std::move(pipes)) {}

  const TransportInfo& info() const override { return pipes_->info(); }

  Transferred write(std::span<const std::uint8_t> bytes, milliseconds patience) override {
    const auto deadline = deadline_after(patience);
    drop_stale(0);
    drop_stale(1);
    header_size_ = rest_ = 0;
    const std::size_t head = std::min(bytes.size(), kHeader);
    const Transferred first = pipes_->write(0, bytes.first(head), until(deadline));
    if (!first.ok() || head == bytes.size()) return first;
    const Transferred second = pipes_->write(1, bytes.subspan(head), until(deadline));
    return {head + second.count, second.error};
  }

  Transferred read(std::span<std::uint8_t> buffer, milliseconds patience) override {
    const bool at_header = rest_ == 0;
    const std::size_t wanted = at_header ? kHeader - header_size_ : rest_;
    buffer = buffer.first(std::min(buffer.size(), wanted));
    const Transferred moved = pipes_->read(at_header ? 0 : 1, buffer, patience);
    if (at_header)
      take_header(buffer.first(moved.count));
    else
      rest_ -= moved.count;
    return moved;
  }

  void reset_device() override { pipes_->reset_device(); }
  std::unique_ptr<PowerCut> cut_power() override { return pipes_->cut_power(); }
  void cancel() override { pipes_->cancel(); }

 private:
  // What the header promises is waited for on the second pipe; a header that promises nothing possible is noise.
  void take_header(std::span<const std::uint8_t> bytes) {
    std::ranges::copy(bytes, header_.begin() + static_cast<std::ptrdiff_t>(header_size_));
    header_size_ += bytes.size();
    if (header_size_ < kHeader) return;
    header_size_ = 0;
    const std::size_t length = static_cast<std::size_t>(header_[5]) << 8U | header_[6];
    const bool good = std::equal(kUsbPreamble.begin(), kUsbPreamble.end(), header_.begin());
    if (good && length >= kSdtShortestAnswer && length <= kSdtLongestAnswer) rest_ = length;
  }

  // Halves of an answer that nobody waits for any more would be taken for the next one's.
  void drop_stale(std::size_t in) {
    std::array<std::uint8_t, 512> stale{};
    for (int i = 0; i < kStaleReads; ++i) {
      const std::size_t count = pipes_->read(in, stale, milliseconds{0}).count;
      base::wipe(stale.data(), count);
      if (count == 0) return;
    }
  }

  const std::unique_ptr<UsbPipes> pipes_;
  std::array<std::uint8_t, kHeader> header_{};
  std::size_t header_size_ = 0;  // bytes of it that came
  std::size_t rest_ = 0;         // bytes still to come through the second pipe
};

}  // namespace

UsbSelector sdt_usb_readers(std::string port) {
  // The vendor's number is also on scanners and oscilloscopes: only the pair says it is a reader.
  return {{{.vendor_id = 0x0400, .product_id = 0xC35A, .interface_class = kVendorClass}}, std::move(port)};
}

std::unique_ptr<ByteTransport> make_sdt_framing(std::unique_ptr<UsbPipes> pipes) {
  if (pipes->outs() == 2 && pipes->ins() == 2) return std::make_unique<SplitFraming>(std::move(pipes));
  if (pipes->outs() == 1 && pipes->ins() == 1) return first_usb_pipes(std::move(pipes));
  return nullptr;
}

std::unique_ptr<TransportFactory> make_sdt_usb_transport(std::string port) {
  return make_usb_transport(sdt_usb_readers(std::move(port)), make_sdt_framing);
}

}  // namespace hal
