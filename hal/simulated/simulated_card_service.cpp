#include "hal/simulated/simulated_card_service.h"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "hal/simulated/card_slot_link.h"
#include "hal/simulated/simulated_transport.h"

namespace hal {
namespace {

using std::chrono::milliseconds;

constexpr const char* kReaderName = "Linli Simulated Reader 00 00";
constexpr milliseconds kUntilSomethingHappens{std::chrono::hours{1}};

class Service final : public SimulatedCardService, public std::enable_shared_from_this<Service> {
 public:
  Service(std::shared_ptr<SmartCardModel> card, SimulatedServiceTiming timing)
      : timing_(timing), link_(make_simulated_transport(std::move(card)), timing.answer_limit), thread_([this] { watch(); }) {}

  ~Service() override {
    change([this] { ending_ = true; });
    link_.cancel();
    thread_.join();
  }

  std::unique_ptr<SmartCardSystem> system() override;

  void stop() override {
    change([this] {
      running_ = false;
      ++generation_;
    });
  }
  void start() override {
    change([this] { running_ = true; });
  }
  void refuse(bool refused) override {
    change([&] { refused_ = refused; });
  }
  void refuse_cards(bool refused) override {
    change([&] { cards_refused_ = refused; });
  }
  void occupy(bool occupied) override {
    change([&] { occupied_ = occupied; });
  }
  void plug_reader(bool plugged) override {
    change([&] { reader_plugged_ = plugged; });
  }
  void reset_card() override {
    change([this] { ++resets_; });
  }

 private:
  friend class SimulatedSmartCardSystem;
  friend class SimulatedSmartCard;

  template <class Deed>
  void change(Deed deed) {
    {
      const std::lock_guard lock(mutex_);
      deed();
      ++version_;
    }
    changed_.notify_all();
  }

  // The daemon's thread: looks whether the card is there, and counts its comings and goings.
  void watch() {
    while (!ending()) {
      if (!look()) {
        link_.await_card(kUntilSomethingHappens);
        continue;
      }
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, timing_.poll, [this] { return ending_; });
    }
  }

  bool look() {
    const std::lock_guard in_use(link_mutex_);
    const bool present = link_.card_present();
    note(present);
    return present;
  }

  // With the link in use.
  void note(bool present) {
    const std::lock_guard lock(mutex_);
    if (present == card_present_) return;
    card_present_ = present;
    ++events_;
    ++version_;
    atr_ = link_.atr();
    changed_.notify_all();
  }

  bool ending() {
    const std::lock_guard lock(mutex_);
    return ending_;
  }

  const SimulatedServiceTiming timing_;
  std::mutex link_mutex_;  // one conversation at a time; taken before mutex_
  CardSlotLink link_;

  std::mutex mutex_;  // guards the rest
  std::condition_variable changed_;
  bool running_ = true;
  bool refused_ = false;
  bool cards_refused_ = false;
  bool occupied_ = false;
  bool reader_plugged_ = true;
  bool card_present_ = false;
  std::vector<std::uint8_t> atr_;
  std::uint16_t events_ = 0;
  unsigned long version_ = 1;
  unsigned long generation_ = 1;
  unsigned long resets_ = 0;
  bool ending_ = false;
  std::thread thread_;  // last: it uses everything above
};

class SimulatedSmartCard final : public SmartCard {
 public:
  // With the service's lock held.
  explicit SimulatedSmartCard(Service& service)
      : service_(service), generation_(service.generation_), events_(service.events_), resets_(service.resets_) {}

  SmartCardResult<std::vector<std::uint8_t>> transmit(std::span<const std::uint8_t> command) override {
    const std::lock_guard in_use(service_.link_mutex_);
    {
      const std::lock_guard lock(service_.mutex_);
      if (service_.generation_ != generation_) return tl::unexpected(SmartCardError::rebuild_context);
      if (!service_.reader_plugged_) return tl::unexpected(SmartCardError::rebuild_list);
      if (service_.events_ != events_) return tl::unexpected(SmartCardError::card_gone);
      if (service_.resets_ != resets_) return tl::unexpected(SmartCardError::card_reset);
    }
    auto answer = service_.link_.transmit(command);
    if (!answer && answer.error() == SmartCardError::card_gone) service_.note(false);
    return answer;
  }

 private:
  Service& service_;
  const unsigned long generation_;
  const std::uint16_t events_;
  const unsigned long resets_;
};

class SimulatedSmartCardSystem final : public SmartCardSystem {
 public:
  explicit SimulatedSmartCardSystem(std::shared_ptr<Service> service) : service_(std::move(service)) {}

  SmartCardResult<void> open() override {
    const std::lock_guard lock(service_->mutex_);
    if (service_->refused_) return tl::unexpected(SmartCardError::refused);
    if (!service_->running_) return tl::unexpected(SmartCardError::rebuild_context);
    generation_ = service_->generation_;
    seen_ = 0;
    return {};
  }

  SmartCardResult<std::vector<CardSlot>> wait(milliseconds patience) override {
    std::unique_lock lock(service_->mutex_);
    service_->changed_.wait_for(lock, patience, [this] {
      return service_->version_ != seen_ || service_->generation_ != generation_ || woken_ || cancelled_;
    });
    woken_ = false;
    if (cancelled_) return tl::unexpected(SmartCardError::cancelled);
    if (service_->generation_ != generation_) return tl::unexpected(SmartCardError::rebuild_context);
    seen_ = service_->version_;
    std::vector<CardSlot> slots;
    if (service_->reader_plugged_) slots.push_back({kReaderName, service_->card_present_, service_->events_, service_->atr_});
    return slots;
  }

  SmartCardResult<std::unique_ptr<SmartCard>> connect(const std::string& reader) override {
    const std::lock_guard lock(service_->mutex_);
    if (service_->generation_ != generation_) return tl::unexpected(SmartCardError::rebuild_context);
    if (!service_->reader_plugged_ || reader != kReaderName) return tl::unexpected(SmartCardError::rebuild_list);
    if (service_->cards_refused_) return tl::unexpected(SmartCardError::refused);
    if (!service_->card_present_) return tl::unexpected(SmartCardError::card_gone);
    if (service_->atr_.empty()) return tl::unexpected(SmartCardError::turn_card);
    if (service_->occupied_) return tl::unexpected(SmartCardError::retry_later);
    return std::make_unique<SimulatedSmartCard>(*service_);
  }

  void wake() override { set(woken_); }
  void cancel() override { set(cancelled_); }

 private:
  void set(bool& flag) {
    {
      const std::lock_guard lock(service_->mutex_);
      flag = true;
    }
    service_->changed_.notify_all();
  }

  const std::shared_ptr<Service> service_;
  unsigned long generation_ = 0;
  unsigned long seen_ = 0;
  bool woken_ = false;  // these two under the service's lock
  bool cancelled_ = false;
};

std::unique_ptr<SmartCardSystem> Service::system() { return std::make_unique<SimulatedSmartCardSystem>(shared_from_this()); }

}  // namespace

std::shared_ptr<SimulatedCardService> make_simulated_card_service(std::shared_ptr<SmartCardModel> card,
                                                                  SimulatedServiceTiming timing) {
  return std::make_shared<Service>(std::move(card), timing);
}

std::unique_ptr<SmartCardSystem> make_simulated_smart_card_system(std::shared_ptr<SmartCardModel> card) {
  return make_simulated_card_service(std::move(card))->system();
}

}  // namespace hal
