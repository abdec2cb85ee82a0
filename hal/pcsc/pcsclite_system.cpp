#include "hal/pcsc/pcsclite_system.h"

#include <winscard.h>

#include <algorithm>
#include <cstring>
#include <mutex>
#include <optional>
#include <utility>

#include "hal/pcsc/pcsc_error.h"
#include "hal/pcsc/pcsclite_card.h"

namespace hal {
namespace {

constexpr const char* kReadersCameOrWent = "\\\\?PnP?\\Notification";
constexpr std::chrono::milliseconds kConnectPatience{1000};  // with another program at the card; then there is time for a look
constexpr int kMostLooks = 3;                                // in one wait, at a list of readers that keeps changing
constexpr unsigned kCounterShift = 16;                       // the event counter is the upper half of a state

tl::unexpected<SmartCardError> failed(LONG code) { return tl::unexpected(pcsc_error(code).value_or(SmartCardError::failed)); }

// A reader as SCardGetStatusChange wants it: what we believe, and what it finds.
struct Watched {
  std::string name;
  DWORD believed = SCARD_STATE_UNAWARE;
  CardSlot slot;
};

class PcscliteSystem final : public SmartCardSystem {
 public:
  explicit PcscliteSystem(std::string reader_prefix) : prefix_(std::move(reader_prefix)) {}
  ~PcscliteSystem() override { release(); }
  PcscliteSystem(const PcscliteSystem&) = delete;
  PcscliteSystem& operator=(const PcscliteSystem&) = delete;

  SmartCardResult<void> open() override {
    release();
    SCARDCONTEXT context = 0;
    if (const LONG code = SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context); code != SCARD_S_SUCCESS)
      return failed(code);
    const std::lock_guard lock(mutex_);
    context_ = context;
    return {};
  }

  SmartCardResult<std::vector<CardSlot>> wait(std::chrono::milliseconds patience) override {
    if (!context_) return tl::unexpected(SmartCardError::rebuild_context);
    for (int looks = 0; looks < kMostLooks; ++looks) {
      auto names = reader_names();
      if (!names) return tl::unexpected(names.error());
      if (adopt(*std::move(names)) || std::exchange(fresh_, false)) patience = std::chrono::milliseconds{0};
      const auto error = await_change(patience);
      if (!error) break;
      if (error != SmartCardError::rebuild_list) return tl::unexpected(*error);
      for (Watched& reader : readers_) reader.believed = SCARD_STATE_UNAWARE;  // one left meanwhile: ask all of them anew
      fresh_ = true;
    }
    std::vector<CardSlot> slots;
    for (const Watched& reader : readers_) slots.push_back(reader.slot);
    return slots;
  }

  SmartCardResult<std::unique_ptr<SmartCard>> connect(const std::string& reader) override {
    if (!context_) return tl::unexpected(SmartCardError::rebuild_context);
    return connector_.connect(reader, kConnectPatience);
  }

  // The service forgets a cancel that comes while nothing waits, so it is remembered here. In the moment between the look
  // at `woken_` and the wait it is lost all the same; then the wait's patience is the limit.
  void wake() override {
    const std::lock_guard lock(mutex_);
    woken_ = true;
    if (waiting_ && context_) SCardCancel(*context_);
  }
  void cancel() override {
    {
      const std::lock_guard lock(mutex_);
      cancelled_ = true;
    }
    connector_.cancel();
    wake();
  }

 private:
  void release() {
    std::optional<SCARDCONTEXT> context;
    {
      const std::lock_guard lock(mutex_);
      std::swap(context, context_);
    }
    if (context) SCardReleaseContext(*context);
    readers_.clear();
    came_or_went_ = SCARD_STATE_UNAWARE;
    fresh_ = true;
  }

  SmartCardResult<std::vector<std::string>> reader_names() {
    DWORD size = 0;
    LONG code = SCardListReaders(*context_, nullptr, nullptr, &size);
    std::vector<char> list(code == SCARD_S_SUCCESS ? size : 0);
    if (code == SCARD_S_SUCCESS) code = SCardListReaders(*context_, nullptr, list.data(), &size);
    std::vector<std::string> names;
    // None, or one more between the two calls: the next look finds them.
    if (code == SCARD_E_NO_READERS_AVAILABLE || code == SCARD_E_INSUFFICIENT_BUFFER) return names;
    if (code != SCARD_S_SUCCESS) return failed(code);
    for (const char* name = list.data(); *name != '\0'; name += std::strlen(name) + 1) names.emplace_back(name);
    std::erase_if(names, [this](const std::string& name) { return !name.starts_with(prefix_); });
    return names;
  }

  // True when the list is another one than before. What is known of a reader that stays is kept.
  bool adopt(std::vector<std::string> names) {
    if (std::ranges::equal(names, readers_, {}, {}, &Watched::name)) return false;
    std::vector<Watched> readers;
    for (std::string& name : names) {
      const auto known = std::ranges::find(readers_, name, &Watched::name);
      readers.push_back(known == readers_.end() ? Watched{name, SCARD_STATE_UNAWARE, {name, false, 0, {}}} : *known);
    }
    readers_ = std::move(readers);
    return true;
  }

  std::optional<SmartCardError> await_change(std::chrono::milliseconds patience) {
    std::vector<SCARD_READERSTATE> states(readers_.size() + 1);
    for (std::size_t i = 0; i < readers_.size(); ++i) {
      states[i].szReader = readers_[i].name.c_str();
      states[i].dwCurrentState = readers_[i].believed;
    }
    states.back().szReader = kReadersCameOrWent;
    states.back().dwCurrentState = came_or_went_;
    const LONG code = interruptible_wait(states, patience);
    const auto error = pcsc_error(code);
    if (error && error != SmartCardError::cancelled) return error;
    for (std::size_t i = 0; i < readers_.size(); ++i) note(readers_[i], states[i]);
    came_or_went_ = states.back().dwEventState & ~DWORD{SCARD_STATE_CHANGED};
    return cancelled() ? std::optional(SmartCardError::cancelled) : std::nullopt;
  }

  LONG interruptible_wait(std::vector<SCARD_READERSTATE>& states, std::chrono::milliseconds patience) {
    {
      const std::lock_guard lock(mutex_);
      if (cancelled_) return SCARD_E_CANCELLED;
      if (std::exchange(woken_, false)) patience = std::chrono::milliseconds{0};
      waiting_ = patience.count() > 0;
    }
    const auto count = states.size();
    const LONG code = SCardGetStatusChange(*context_, static_cast<DWORD>(patience.count()), states.data(), count);
    const std::lock_guard lock(mutex_);
    waiting_ = false;
    woken_ = false;
    return code;
  }

  static void note(Watched& reader, const SCARD_READERSTATE& state) {
    const DWORD event = state.dwEventState;
    if (event == 0) return;  // an interrupted wait may leave it unset
    reader.believed = event & ~DWORD{SCARD_STATE_CHANGED};
    reader.slot.card_present = (event & SCARD_STATE_PRESENT) != 0;
    reader.slot.events = static_cast<std::uint16_t>(event >> kCounterShift);
    const auto atr = std::span(state.rgbAtr).first(std::min<std::size_t>(state.cbAtr, MAX_ATR_SIZE));
    reader.slot.atr.assign(atr.begin(), atr.end());
  }

  bool cancelled() {
    const std::lock_guard lock(mutex_);
    return cancelled_;
  }

  const std::string prefix_;
  PcscliteConnector connector_;
  std::vector<Watched> readers_;
  DWORD came_or_went_ = SCARD_STATE_UNAWARE;
  bool fresh_ = true;  // nothing is known yet: look without waiting

  std::mutex mutex_;                     // guards the rest; the context is replaced by the using thread only
  std::optional<SCARDCONTEXT> context_;  // which therefore reads it without the lock
  bool waiting_ = false;
  bool woken_ = false;
  bool cancelled_ = false;
};

}  // namespace

std::unique_ptr<SmartCardSystem> make_pcsclite_system(std::string reader_prefix) {
  return std::make_unique<PcscliteSystem>(std::move(reader_prefix));
}

}  // namespace hal
