#include "hal/id_card/sdt_card_reader.h"

#include <fmt/format.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>
#include <variant>

#include "hal/card_delivery.h"
#include "hal/id_card/sdt_link.h"
#include "hal/id_card/sdt_status.h"

namespace hal {
namespace {

class SdtCardReader final : public CardReader {
 public:
  SdtCardReader(std::unique_ptr<TransportFactory> transports, const base::Clock& clock, TodayProvider today, CardReaderSink sink,
                const SdtTiming& timing)
      : transports_(std::move(transports)),
        clock_(clock),
        timing_(timing),
        delivery_(std::move(sink), clock),
        link_(clock, timing_),
        dialogue_(timing_, std::move(today), [this](CardReaderEvent event) { delivery_.deliver(std::move(event), acted_on_); }),
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

  void want_photo(bool wanted) override { photo_wanted_ = wanted; }

  void check(HealthCheck level) override {
    {
      const std::lock_guard lock(mutex_);
      check_ = level;
    }
    changed_.notify_all();
  }

  const DeviceStatistics& statistics() const override { return delivery_.statistics(); }

 private:
  void run() {
    while (true) {
      std::optional<HealthCheck> check;
      {
        const std::lock_guard lock(mutex_);
        if (stopping_) break;
        acted_on_ = wanted_;
        check = std::exchange(check_, std::nullopt);
      }
      if (check) begin_check(*check);
      delivery_.end_check_without_card();
      std::visit([this](const auto& step) { carry_out(step); },
                 dialogue_.next(clock_.now(), acted_on_ || delivery_.awaits_card(), photo_wanted_));
    }
    link_.wipe();
  }

  void carry_out(SdtClose step) {
    if (step.reset) {
      delivery_.statistics().add(Counter::recoveries);
      transport_->reset_device();
    }
    replace_transport(nullptr);
  }

  void carry_out(SdtCutPower) {
    power_cut_ = transport_->cut_power();
    if (!power_cut_) return dialogue_.power_not_cut(clock_.now());
    delivery_.statistics().add(Counter::recoveries);
    dialogue_.power_cut(clock_.now());
  }

  void carry_out(SdtRestorePower) { power_cut_.reset(); }

  void carry_out(SdtOpen) {
    auto opened = transports_->open();
    const bool open = opened != nullptr;
    replace_transport(std::move(opened));
    if (stopping()) return;
    if (open)
      dialogue_.opened(clock_.now());
    else
      dialogue_.not_opened(transports_->trouble(), clock_.now());
  }

  void carry_out(const SdtAwaitDevice& step) {
    transports_->wait_for_device(step.patience);
    dialogue_.device_may_have_come(clock_.now());
  }

  void carry_out(const SdtRest& step) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, step.duration, [this] { return stopping_ || wanted_ != acted_on_ || check_; });
  }

  // Only this thread replaces the transport, so it may use it without the lock.
  void carry_out(const SdtAsk& step) {
    const LinkResult result = link_.ask(*transport_, step.command, step.drain);
    if (stopping()) return;
    count(step.command, result);
    if (result.answer)
      dialogue_.answered(*result.answer, clock_.now());
    else
      dialogue_.failed(result.fault, clock_.now());
    // Watching whether the card still lies there may bring an address, too.
    if (step.command == SdtCommand::read_text || step.command == SdtCommand::read_new_address) link_.wipe();
  }

  void count(SdtCommand command, const LinkResult& result) {
    const bool damaged =
        result.answer ? sdt_status(result.answer->sw3).meaning == SdtMeaning::link_error : result.fault == LinkFault::damaged;
    if (damaged) delivery_.statistics().add(Counter::noise);
    if (!result.answer && result.fault == LinkFault::silent) delivery_.statistics().add(Counter::unanswered);
    if (command == SdtCommand::reset) delivery_.statistics().add(Counter::recoveries);
  }

  void begin_check(HealthCheck level) {
    if (level == HealthCheck::interactive) return delivery_.await_card();
    if (level == HealthCheck::passive || !transport_)
      return delivery_.end_check(level, can_work(delivery_.health().state),
                                 fmt::format("card reader: {}", name_of(delivery_.health().state)));
    const auto asked = clock_.now();
    const LinkResult status = link_.ask(*transport_, SdtCommand::status, false);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(clock_.now() - asked);
    if (!status.answer) return delivery_.end_check(level, false, "the module does not answer");
    delivery_.end_check(level, status.answer->sw3 == kSdtOk,
                        fmt::format("module {} answered its self test with {:02X} in {} ms", delivery_.health().identity,
                                    status.answer->sw3, took.count()));
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
  CardDelivery delivery_;  // of the thread, like all that follows
  SdtLink link_;
  SdtDialogue dialogue_;
  std::unique_ptr<PowerCut> power_cut_;
  std::atomic<bool> photo_wanted_ = false;
  bool acted_on_ = false;  // `wanted_` as the last step knew it

  std::mutex mutex_;  // guards the rest
  std::condition_variable changed_;
  std::unique_ptr<ByteTransport> transport_;
  bool wanted_ = false;
  std::optional<HealthCheck> check_;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses everything above
};

}  // namespace

std::unique_ptr<CardReader> make_sdt_card_reader(std::unique_ptr<TransportFactory> transports, const base::Clock& clock,
                                                 TodayProvider today, CardReaderSink sink, SdtTiming timing) {
  return std::make_unique<SdtCardReader>(std::move(transports), clock, std::move(today), std::move(sink), timing);
}

}  // namespace hal
