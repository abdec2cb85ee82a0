#include "hal/id_card/sdt_card_reader.h"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>
#include <variant>

#include "hal/id_card/sdt_link.h"

namespace hal {
namespace {

class SdtCardReader final : public CardReader {
 public:
  SdtCardReader(std::unique_ptr<TransportFactory> transports, const base::Clock& clock, TodayProvider today, CardReaderSink sink,
                const SdtTiming& timing)
      : transports_(std::move(transports)),
        clock_(clock),
        timing_(timing),
        link_(clock, timing_),
        dialogue_(timing_, std::move(today), std::move(sink)),
        thread_([this] { run(); }) {}

  ~SdtCardReader() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
      if (transport_) transport_->cancel();
    }
    changed_.notify_all();
    transports_->cancel();
    thread_.join();
  }

  void want_card(bool wanted) override {
    {
      const std::lock_guard lock(mutex_);
      wanted_ = wanted;
    }
    changed_.notify_all();
  }

 private:
  void run() {
    while (true) {
      {
        const std::lock_guard lock(mutex_);
        if (stopping_) break;
        acted_on_ = wanted_;
      }
      std::visit([this](const auto& step) { carry_out(step); }, dialogue_.next(clock_.now(), acted_on_));
    }
    link_.wipe();
  }

  void carry_out(SdtClose) { replace_transport(nullptr); }

  void carry_out(SdtOpen) {
    auto opened = transports_->open();
    const bool open = opened != nullptr;
    replace_transport(std::move(opened));
    if (!stopping()) dialogue_.opened(open, clock_.now());
  }

  void carry_out(const SdtAwaitDevice& step) {
    transports_->wait_for_device(step.patience);
    dialogue_.device_may_have_come(clock_.now());
  }

  void carry_out(const SdtRest& step) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, step.duration, [this] { return stopping_ || wanted_ != acted_on_; });
  }

  // Only this thread replaces the transport, so it may use it without the lock.
  void carry_out(const SdtAsk& step) {
    const LinkResult result = link_.ask(*transport_, step.command, step.drain);
    if (result.answer) {
      dialogue_.answered(*result.answer, clock_.now());
    } else if (!stopping()) {
      dialogue_.failed(result.fault, clock_.now());
    }
    if (step.command == SdtCommand::read_text) link_.wipe();
  }

  void replace_transport(std::unique_ptr<ByteTransport> transport) {
    {
      const std::lock_guard lock(mutex_);
      std::swap(transport_, transport);
      if (stopping_ && transport_) transport_->cancel();
    }
  }  // the old one closes outside the lock

  bool stopping() {
    const std::lock_guard lock(mutex_);
    return stopping_;
  }

  const std::unique_ptr<TransportFactory> transports_;
  const base::Clock& clock_;
  const SdtTiming timing_;
  SdtLink link_;           // of the thread
  SdtDialogue dialogue_;   // of the thread
  bool acted_on_ = false;  // of the thread: `wanted_` as the last step knew it

  std::mutex mutex_;  // guards the rest
  std::condition_variable changed_;
  std::unique_ptr<ByteTransport> transport_;
  bool wanted_ = false;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses everything above
};

}  // namespace

std::unique_ptr<CardReader> make_sdt_card_reader(std::unique_ptr<TransportFactory> transports, const base::Clock& clock,
                                                 TodayProvider today, CardReaderSink sink, SdtTiming timing) {
  return std::make_unique<SdtCardReader>(std::move(transports), clock, std::move(today), std::move(sink), timing);
}

}  // namespace hal
