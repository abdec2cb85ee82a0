#include "hal/id_card/sdt_card_reader.h"

#include <fmt/format.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>
#include <variant>

#include "base/log.h"
#include "hal/id_card/sdt_link.h"
#include "hal/id_card/sdt_status.h"

namespace hal {
namespace {

constexpr std::chrono::minutes kInteractivePatience{1};  // for a card to be laid down

class SdtCardReader final : public CardReader {
 public:
  SdtCardReader(std::unique_ptr<TransportFactory> transports, const base::Clock& clock, TodayProvider today, CardReaderSink sink,
                const SdtTiming& timing)
      : transports_(std::move(transports)),
        clock_(clock),
        timing_(timing),
        sink_(std::move(sink)),
        link_(clock, timing_),
        dialogue_(timing_, std::move(today), [this](CardReaderEvent event) { report(std::move(event)); }),
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

  const DeviceStatistics& statistics() const override { return statistics_; }

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
      if (awaits_card_until_ && clock_.now() >= *awaits_card_until_)
        end_check(HealthCheck::interactive, false, "no card was laid down");
      std::visit([this](const auto& step) { carry_out(step); },
                 dialogue_.next(clock_.now(), acted_on_ || awaits_card_until_, photo_wanted_));
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
    changed_.wait_for(lock, step.duration, [this] { return stopping_ || wanted_ != acted_on_ || check_; });
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

  // Everything the dialogue reports passes here, and is counted.
  void report(CardReaderEvent event) {
    if (const auto* health = std::get_if<DeviceHealth>(&event)) {
      if (health->state == DeviceState::online && health_.state != DeviceState::online) statistics_.add(Counter::connects);
      health_ = *health;
    }
    const auto* card = std::get_if<CardRead>(&event);
    const bool read = card != nullptr;
    if (read && !card->person.checks.number_check_digit)
      base::log::warning("{}: a card was read whose number does not fit its check digit",
                         base::entry(base::Failure::card_number_check).code);
    const auto* rejected = std::get_if<CardRejected>(&event);
    if (read) statistics_.add(Counter::reads);
    if (rejected != nullptr) statistics_.add(Counter::misreads);
    const std::string refusal = rejected != nullptr ? fmt::format("a card gave {}", base::entry(rejected->failure).code) : "";
    pass_on(std::move(event));
    if (!awaits_card_until_) return;
    if (read) end_check(HealthCheck::interactive, true, "a card was read");
    if (!refusal.empty()) end_check(HealthCheck::interactive, false, refusal);
  }

  // A card that nobody but a check wanted is nobody else's business.
  void pass_on(CardReaderEvent event) {
    if (std::holds_alternative<CardLaid>(event)) of_a_check_ = !acted_on_;
    const bool lifted = std::holds_alternative<CardLifted>(event);
    if (!of_a_check_ || std::holds_alternative<DeviceHealth>(event)) sink_(std::move(event));
    if (lifted) of_a_check_ = false;
  }

  void begin_check(HealthCheck level) {
    awaits_card_until_.reset();
    if (level == HealthCheck::interactive) {
      awaits_card_until_ = clock_.now() + kInteractivePatience;
      return;
    }
    if (level == HealthCheck::passive || !transport_)
      return end_check(level, can_work(health_.state), fmt::format("card reader: {}", name_of(health_.state)));
    const auto asked = clock_.now();
    const LinkResult status = link_.ask(*transport_, SdtCommand::status, false);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(clock_.now() - asked);
    if (!status.answer) return end_check(level, false, "the module does not answer");
    end_check(
        level, status.answer->sw3 == kSdtOk,
        fmt::format("module {} answered its self test with {:02X} in {} ms", health_.identity, status.answer->sw3, took.count()));
  }

  void end_check(HealthCheck level, bool passed, std::string details) {
    awaits_card_until_.reset();
    sink_(HealthChecked{level, passed, health_, std::move(details)});
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
  const CardReaderSink sink_;
  DeviceStatistics statistics_;
  DeviceHealth health_;                             // of the thread, like all that follows
  std::optional<base::Instant> awaits_card_until_;  // an interactive check is under way
  SdtLink link_;
  SdtDialogue dialogue_;
  std::atomic<bool> photo_wanted_ = false;
  bool acted_on_ = false;    // `wanted_` as the last step knew it
  bool of_a_check_ = false;  // the card that lies there

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
