#include "hal/pcsc/pcsc_card_reader.h"

#include <fmt/format.h>

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "hal/card_delivery.h"
#include "hal/pcsc/card_application.h"
#include "hal/pcsc/pcsc_dialogue.h"

namespace hal {
namespace {

class PcscCardReader final : public CardReader {
 public:
  PcscCardReader(std::unique_ptr<SmartCardSystem> system, const base::Clock& clock,
                 std::function<std::chrono::year_month_day()> today, CardReaderSink sink, const PcscTiming& timing)
      : system_(std::move(system)),
        clock_(clock),
        today_(std::move(today)),
        delivery_(std::move(sink), clock),
        dialogue_(timing, [this](CardReaderEvent event) { delivery_.deliver(std::move(event), acted_on_); }),
        thread_([this] { run(); }) {}

  ~PcscCardReader() override {
    change([this] { stopping_ = true; });
    system_->cancel();
    thread_.join();
  }

  void want_card(bool wanted) override {
    change([&] { wanted_ = wanted; });
  }
  void want_photo(bool) override {}  // the cards read here hold none, or it needs a PIN
  void check(HealthCheck level) override {
    change([&] { check_ = level; });
  }
  const DeviceStatistics& statistics() const override { return delivery_.statistics(); }

 private:
  template <class Deed>
  void change(Deed deed) {
    {
      const std::lock_guard lock(mutex_);
      deed();
    }
    changed_.notify_all();
    system_->wake();
  }

  void run() {
    while (true) {
      std::optional<HealthCheck> check;
      {
        const std::lock_guard lock(mutex_);
        if (stopping_) return;
        acted_on_ = wanted_;
        check = std::exchange(check_, std::nullopt);
      }
      if (check) begin_check(*check);
      delivery_.end_check_without_card();
      std::visit([this](const auto& step) { carry_out(step); },
                 dialogue_.next(clock_.now(), acted_on_ || delivery_.awaits_card()));
    }
  }

  void carry_out(PcscOpen) {
    const auto opened = system_->open();
    if (stopping()) return;
    if (!opened) delivery_.statistics().add(Counter::recoveries);
    dialogue_.opened(opened ? std::nullopt : std::optional(opened.error()), clock_.now());
  }

  void carry_out(const PcscRest& step) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, step.duration, [this] { return stopping_ || check_; });
  }

  void carry_out(const PcscWait& step) { look(step.patience); }

  std::size_t look(std::chrono::milliseconds patience) {
    const auto slots = system_->wait(patience);
    if (stopping()) return 0;
    if (!slots) {
      delivery_.statistics().add(Counter::recoveries);
      dialogue_.wait_failed(slots.error(), clock_.now());
      return 0;
    }
    dialogue_.seen(*slots, clock_.now());
    return slots->size();
  }

  void carry_out(const PcscRead& step) {
    auto outcome = read(step.reader);
    if (stopping()) return;
    const auto* error = std::get_if<SmartCardError>(&outcome);
    if (error != nullptr) delivery_.statistics().add(*error == SmartCardError::failed ? Counter::noise : Counter::unanswered);
    dialogue_.read_ended(std::move(outcome), clock_.now());
  }

  PcscReadOutcome read(const std::string& reader) {
    const auto card = system_->connect(reader);
    if (!card) return card.error();
    CardConversation conversation(**card);
    auto person = read_card(conversation, today_());
    if (conversation.fault()) return *conversation.fault();
    if (!person) return person.error().failure;
    return *std::move(person);
  }

  void begin_check(HealthCheck level) {
    if (level == HealthCheck::interactive) return delivery_.await_card();
    if (level == HealthCheck::passive || delivery_.health().state == DeviceState::no_device ||
        !can_work(delivery_.health().state))
      return delivery_.end_check(level, can_work(delivery_.health().state),
                                 fmt::format("card reader: {}", name_of(delivery_.health().state)));
    const auto asked = clock_.now();
    const std::size_t readers = look(std::chrono::milliseconds{0});
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(clock_.now() - asked);
    if (readers == 0) return delivery_.end_check(level, false, "the smart card service does not answer");
    delivery_.end_check(level, true,
                        fmt::format("{} answered by the smart card service in {} ms", delivery_.health().identity, took.count()));
  }

  bool stopping() {
    const std::lock_guard lock(mutex_);
    return stopping_;
  }

  const std::unique_ptr<SmartCardSystem> system_;
  const base::Clock& clock_;
  const std::function<std::chrono::year_month_day()> today_;
  CardDelivery delivery_;  // of the thread, like all that follows
  PcscDialogue dialogue_;
  bool acted_on_ = false;  // `wanted_` as the last step knew it

  std::mutex mutex_;  // guards the rest
  std::condition_variable changed_;
  bool wanted_ = false;
  std::optional<HealthCheck> check_;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses everything above
};

}  // namespace

std::unique_ptr<CardReader> make_pcsc_card_reader(std::unique_ptr<SmartCardSystem> system, const base::Clock& clock,
                                                  std::function<std::chrono::year_month_day()> today, CardReaderSink sink,
                                                  PcscTiming timing) {
  return std::make_unique<PcscCardReader>(std::move(system), clock, std::move(today), std::move(sink), timing);
}

}  // namespace hal
