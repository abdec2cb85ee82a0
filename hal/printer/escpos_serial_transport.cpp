#include "hal/printer/escpos_serial_transport.h"

#include <array>
#include <mutex>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/log.h"
#include "hal/printer/escpos.h"
#include "hal/printer/escpos_reply.h"
#include "hal/transport/serial/serial_transport.h"

namespace hal {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Two answers in a row: one byte in sixteen passes for one.
constexpr std::array kAskedOfASpeed{1, 4};

class EscposSerialTransportFactory final : public TransportFactory {
 public:
  EscposSerialTransportFactory(const PortAddress& usual, const PrinterProfile& profile, milliseconds patience)
      : port_(to_string(usual)), bits_(profile.status), flow_control_(usual.flow == FlowControl::xonxoff), patience_(patience) {
    add(usual, usual.baud);
    for (const int speed : profile.serial.other_speeds) add(usual, speed);
  }

  std::unique_ptr<ByteTransport> open() override {
    const std::size_t first = best_;
    for (std::size_t turn = 0; turn < lines_.size(); ++turn) {
      const std::size_t at = (first + turn) % lines_.size();
      auto line = lines_[at]->open();
      trouble_ = lines_[at]->trouble();
      if (!line) return nullptr;  // at another speed it would not be there either
      if (!answers(*line)) continue;
      if (std::exchange(best_, at) != at) base::log::info("{}: the printer answers at {} baud", port_, speeds_[at]);
      return line;
    }
    return lines_[best_]->open();
  }

  std::optional<base::Failure> trouble() const override { return trouble_; }
  void wait_for_device(milliseconds patience) override { lines_[best_]->wait_for_device(patience); }

  void cancel() override {
    for (const auto& line : lines_) line->cancel();
    const std::lock_guard lock(mutex_);
    cancelled_ = true;
    if (asked_ != nullptr) asked_->cancel();
  }

 private:
  void add(PortAddress address, int speed) {
    address.baud = speed;
    lines_.push_back(make_serial_transport(std::move(address)));
    speeds_.push_back(speed);
  }

  bool answers(ByteTransport& line) {
    if (!set_asked(&line)) return false;
    escpos::ReplyParser parser(bits_, {}, flow_control_);
    bool answered = true;
    for (const int query : kAskedOfASpeed) answered = answered && answers(line, parser, query);
    return set_asked(nullptr) && answered;
  }

  bool answers(ByteTransport& line, escpos::ReplyParser& parser, int query) const {
    const auto deadline = steady_clock::now() + patience_;
    if (!line.write(escpos::query_status(query), patience_).ok()) return false;
    parser.expect_status(query);
    std::array<std::uint8_t, 64> buffer{};
    while (steady_clock::now() < deadline && parser.noise() == 0) {
      const auto read = line.read(buffer, std::chrono::ceil<milliseconds>(deadline - steady_clock::now()));
      for (const auto& reply : parser.take(std::span(buffer).first(read.count)))
        if (std::holds_alternative<escpos::RealTimeStatus>(reply)) return parser.noise() == 0;
      if (read.error) return false;
    }
    return false;
  }

  // False when cancelled.
  bool set_asked(ByteTransport* line) {
    const std::lock_guard lock(mutex_);
    asked_ = line;
    return !cancelled_;
  }

  const std::string port_;
  const StatusBits bits_;
  const bool flow_control_;
  const milliseconds patience_;
  std::vector<std::unique_ptr<TransportFactory>> lines_;  // one for each of the speeds
  std::vector<int> speeds_;
  std::size_t best_ = 0;  // answered last
  std::optional<base::Failure> trouble_;

  std::mutex mutex_;
  ByteTransport* asked_ = nullptr;
  bool cancelled_ = false;
};

}  // namespace

std::unique_ptr<TransportFactory> make_escpos_serial_transport(PortAddress address, const PrinterProfile& profile,
                                                               milliseconds patience) {
  const bool is_said = address.baud != 0 || profile.serial.other_speeds.empty();
  address = with_serial_line(std::move(address), profile);
  if (is_said) return make_serial_transport(std::move(address));
  return std::make_unique<EscposSerialTransportFactory>(address, profile, patience);
}

}  // namespace hal
