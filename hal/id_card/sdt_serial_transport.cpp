#include "hal/id_card/sdt_serial_transport.h"

#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/log.h"
#include "hal/id_card/sdt_link.h"
#include "hal/transport/serial/serial_transport.h"

namespace hal {
namespace {

// Together less than the second that open() may take. An answer at 9600 takes 25 ms with its question.
SdtTiming probing() {
  SdtTiming timing;
  timing.short_answer = std::chrono::milliseconds{180};
  timing.inside_frame = std::chrono::milliseconds{50};
  return timing;
}

class SdtSerialTransportFactory final : public TransportFactory {
 public:
  SdtSerialTransportFactory(const PortAddress& address, const base::Clock& clock) : port_(to_string(address)), clock_(clock) {
    for (const int baud : {115200, 9600, 57600, 38400, 19200}) {
      PortAddress at = address;
      at.baud = baud;
      lines_.push_back(make_serial_transport(std::move(at)));
      speeds_.push_back(baud);
    }
  }

  // A reader that answered once and does so no more is opened all the same: its silence is the driver's to judge. Where
  // none ever answered there may be none.
  std::unique_ptr<ByteTransport> open() override {
    for (std::size_t turn = 0, first = best_; turn < lines_.size(); ++turn) {
      const std::size_t at = (first + turn) % lines_.size();
      auto line = lines_[at]->open();
      trouble_ = lines_[at]->trouble();
      if (!line) return nullptr;  // at another speed it would not be there either
      if (!answers(*line)) continue;
      if (std::exchange(best_, at) != at || !known_) base::log::info("{}: the reader answers at {} baud", port_, speeds_[at]);
      known_ = true;
      return line;
    }
    return known_ ? lines_[best_]->open() : nullptr;
  }

  std::optional<base::Failure> trouble() const override { return trouble_; }
  void wait_for_device(std::chrono::milliseconds patience) override { lines_[best_]->wait_for_device(patience); }

  void cancel() override {
    for (const auto& line : lines_) line->cancel();
    const std::lock_guard lock(mutex_);
    cancelled_ = true;
    if (probed_ != nullptr) probed_->cancel();
  }

 private:
  bool answers(ByteTransport& line) {
    if (!set_probed(&line)) return false;
    SdtLink link(clock_, timing_);
    const bool answered = link.ask(line, SdtCommand::status, false).answer.has_value();
    return set_probed(nullptr) && answered;
  }

  // False when cancelled.
  bool set_probed(ByteTransport* line) {
    const std::lock_guard lock(mutex_);
    probed_ = line;
    return !cancelled_;
  }

  const std::string port_;
  const base::Clock& clock_;
  const SdtTiming timing_ = probing();
  std::vector<std::unique_ptr<TransportFactory>> lines_;  // one for each of the speeds
  std::vector<int> speeds_;
  std::size_t best_ = 0;  // answered last
  bool known_ = false;    // one did
  std::optional<base::Failure> trouble_;

  std::mutex mutex_;
  ByteTransport* probed_ = nullptr;
  bool cancelled_ = false;
};

}  // namespace

std::unique_ptr<TransportFactory> make_sdt_serial_transport(PortAddress address, const base::Clock& clock) {
  if (address.baud != 0) return make_serial_transport(std::move(address));
  return std::make_unique<SdtSerialTransportFactory>(address, clock);
}

}  // namespace hal
