#include "hal/pcsc/pcsc_card_reader.h"

#include <fmt/format.h>

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "base/log.h"
#include "hal/pcsc/card_application.h"
#include "hal/pcsc/pcsc_dialogue.h"

namespace hal {
namespace {

constexpr std::chrono::minutes kInteractivePatience{1};  // for a card to be put in

class PcscCardReader final : public CardReader {
 public:
  PcscCardReader(std::unique_ptr<SmartCardSystem> system, const base::Clock& clock,
                 std::function<std::chrono::year_month_day()> today, CardReaderSink sink, const PcscTiming& timing)
      : system_(std::move(system)),
        clock_(clock),
        today_(std::move(today)),
        sink_(std::move(sink)),
        dialogue_(timing, [this](CardReaderEvent event) { report(std::move(event)); }),
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
  const DeviceStatistics& statistics() const override { return statistics_; }

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
      if (awaits_card_until_ && clock_.now() >= *awaits_card_until_)
        end_check(HealthCheck::interactive, false, "no card was put in");
      std::visit([this](const auto& step) { carry_out(step); }, dialogue_.next(clock_.now(), acted_on_ || awaits_card_until_));
    }
  }

  void carry_out(PcscOpen) {
    const auto opened = system_->open();
    if (stopping()) return;
    if (!opened) statistics_.add(Counter::recoveries);
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
      statistics_.add(Counter::recoveries);
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
    if (error != nullptr) statistics_.add(*error == SmartCardError::failed ? Counter::noise : Counter::unanswered);
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

  // Everything the dialogue reports passes here, and is counted.
  void report(CardReaderEvent event) {
    if (const auto* health = std::get_if<DeviceHealth>(&event)) {
      if (can_work(health->state) && !can_work(health_.state)) statistics_.add(Counter::connects);
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
    const auto failure = rejected != nullptr ? rejected->failure : base::Failure{};
    const bool refused = rejected != nullptr;
    pass_on(std::move(event));
    if (!awaits_card_until_) return;
    if (read) end_check(HealthCheck::interactive, true, "a card was read");
    if (refused) end_check(HealthCheck::interactive, false, fmt::format("a card gave {}", base::entry(failure).code));
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
    if (level == HealthCheck::passive || health_.state == DeviceState::no_device || !can_work(health_.state))
      return end_check(level, can_work(health_.state), fmt::format("card reader: {}", name_of(health_.state)));
    const auto asked = clock_.now();
    const std::size_t readers = look(std::chrono::milliseconds{0});
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(clock_.now() - asked);
    if (readers == 0) return end_check(level, false, "the smart card service does not answer");
    end_check(level, true, fmt::format("{} answered by the smart card service in {} ms", health_.identity, took.count()));
  }

  void end_check(HealthCheck level, bool passed, std::string details) {
    awaits_card_until_.reset();
    sink_(HealthChecked{level, passed, health_, std::move(details)});
  }

  bool stopping() {
    const std::lock_guard lock(mutex_);
    return stopping_;
  }

  const std::unique_ptr<SmartCardSystem> system_;
  const base::Clock& clock_;
  const std::function<std::chrono::year_month_day()> today_;
  const CardReaderSink sink_;
  DeviceStatistics statistics_;
  DeviceHealth health_;                             // of the thread, like all that follows
  std::optional<base::Instant> awaits_card_until_;  // an interactive check is under way
  PcscDialogue dialogue_;
  bool acted_on_ = false;    // `wanted_` as the last step knew it
  bool of_a_check_ = false;  // the card that lies there

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
