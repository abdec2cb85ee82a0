#include "hal/pcsc/pcsclite_card.h"

#include <winscard.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <utility>

#include "base/detached_thread.h"
#include "base/secret.h"
#include "hal/pcsc/pcsc_error.h"

namespace hal {
namespace {

constexpr std::size_t kAnswerBuffer = MAX_BUFFER_SIZE;

class PcscliteCard final : public SmartCard {
 public:
  PcscliteCard() = default;
  ~PcscliteCard() override {
    if (in_transaction_) SCardEndTransaction(card_, SCARD_LEAVE_CARD);
    if (connected_) SCardDisconnect(card_, SCARD_LEAVE_CARD);
    if (has_context_) SCardReleaseContext(context_);
  }
  PcscliteCard(const PcscliteCard&) = delete;
  PcscliteCard& operator=(const PcscliteCard&) = delete;

  LONG connect(const std::string& reader) {
    LONG code = SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context_);
    has_context_ = code == SCARD_S_SUCCESS;
    if (!has_context_) return code;
    const DWORD either = SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1;
    code = SCardConnect(context_, reader.c_str(), SCARD_SHARE_SHARED, either, &card_, &protocol_);
    connected_ = code == SCARD_S_SUCCESS;
    if (!connected_) return code;
    code = SCardBeginTransaction(card_);
    in_transaction_ = code == SCARD_S_SUCCESS;
    return code;
  }

  SmartCardResult<std::vector<std::uint8_t>> transmit(std::span<const std::uint8_t> command) override {
    std::array<BYTE, kAnswerBuffer> buffer{};
    DWORD length = buffer.size();
    const SCARD_IO_REQUEST* const header = protocol_ == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
    const LONG code = SCardTransmit(card_, header, command.data(), command.size(), nullptr, buffer.data(), &length);
    SmartCardResult<std::vector<std::uint8_t>> answer = tl::unexpected(pcsc_error(code).value_or(SmartCardError::failed));
    if (code == SCARD_S_SUCCESS)
      answer.emplace(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(std::min<DWORD>(length, buffer.size())));
    base::wipe(buffer.data(), buffer.size());
    return answer;
  }

 private:
  SCARDCONTEXT context_ = 0;
  SCARDHANDLE card_ = 0;
  DWORD protocol_ = 0;
  bool has_context_ = false;
  bool connected_ = false;
  bool in_transaction_ = false;
};

// However long it takes.
SmartCardResult<std::unique_ptr<SmartCard>> connected(const std::string& reader) {
  auto card = std::make_unique<PcscliteCard>();
  const LONG code = card->connect(reader);
  if (code != SCARD_S_SUCCESS) return tl::unexpected(pcsc_error(code).value_or(SmartCardError::failed));
  return card;
}

}  // namespace

struct PcscliteConnector::Shared {
  std::mutex mutex;  // guards this and every attempt
  std::condition_variable changed;
  bool cancelled = false;
};

struct PcscliteConnector::Attempt {
  explicit Attempt(std::string at) : reader(std::move(at)) {}
  const std::string reader;
  bool awaited = true;
  bool over = false;
  SmartCardResult<std::unique_ptr<SmartCard>> result = tl::unexpected(SmartCardError::retry_later);
};

PcscliteConnector::PcscliteConnector() : shared_(std::make_shared<Shared>()) {}
PcscliteConnector::~PcscliteConnector() = default;

SmartCardResult<std::unique_ptr<SmartCard>> PcscliteConnector::connect(const std::string& reader,
                                                                       std::chrono::milliseconds patience) {
  std::unique_lock lock(shared_->mutex);
  const auto attempt = attempt_at(reader);
  attempt->awaited = true;
  shared_->changed.wait_for(lock, patience, [&] { return attempt->over || shared_->cancelled; });
  attempt->awaited = false;
  if (attempt->over) return std::move(attempt->result);
  return tl::unexpected(shared_->cancelled ? SmartCardError::cancelled : SmartCardError::retry_later);
}

// With the lock held: the one under way, or a new one.
std::shared_ptr<PcscliteConnector::Attempt> PcscliteConnector::attempt_at(const std::string& reader) {
  std::erase_if(attempts_, [](const auto& attempt) { return attempt->over; });
  const auto known = std::ranges::find(attempts_, reader, [](const auto& attempt) { return attempt->reader; });
  if (known != attempts_.end()) return *known;
  auto attempt = std::make_shared<Attempt>(reader);
  const bool runs = base::run_detached([shared = shared_, attempt] {
    auto result = connected(attempt->reader);  // let go after the lock when nobody waits for it
    const std::lock_guard lock(shared->mutex);
    if (attempt->awaited) attempt->result = std::exchange(result, tl::unexpected(SmartCardError::retry_later));
    attempt->over = true;
    shared->changed.notify_all();
  });
  attempt->over = !runs;
  attempts_.push_back(attempt);
  return attempt;
}

void PcscliteConnector::cancel() {
  const std::lock_guard lock(shared_->mutex);
  shared_->cancelled = true;
  shared_->changed.notify_all();
}

}  // namespace hal
