#include "hal/scanner/code_scanner_thread.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "hal/scanner/scan_delivery.h"
#include "hal/scanner/scan_gate.h"

namespace hal {
namespace {

using base::Failure;
using std::chrono::milliseconds;

constexpr std::size_t kReadBuffer = 4096;      // bytes; more than any HID report
constexpr std::size_t kMostStaleReads = 4096;  // of a scanner that never falls silent

milliseconds until(base::Instant deadline, base::Instant now) {
  return std::max(milliseconds{0}, std::chrono::ceil<milliseconds>(deadline - now));
}

std::span<const std::uint8_t> bytes_of(const base::Secret& secret) {
  return {reinterpret_cast<const std::uint8_t*>(secret.reveal().data()), secret.size()};
}

class CodeScannerThread final : public CodeScanner {
 public:
  CodeScannerThread(std::unique_ptr<TransportFactory> transports, const base::Clock& clock, CodeScannerSink sink,
                    const ScannerTiming& timing, std::unique_ptr<ScannerDialect> dialect)
      : transports_(std::move(transports)),
        clock_(clock),
        timing_(timing),
        sink_(std::move(sink)),
        dialect_(std::move(dialect)),
        gate_(clock.now()),
        thread_([this] { run(); }) {}

  ~CodeScannerThread() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
      if (transport_) transport_->cancel();
    }
    changed_.notify_all();
    transports_->cancel();
    thread_.join();
  }

  void arm(ScanRequest request) override { gate_.arm(std::move(request), clock_.now(), timing_.away); }
  void disarm() override { gate_.disarm(); }

  void check(HealthCheck level) override {
    {
      const std::lock_guard lock(mutex_);
      check_ = level;
    }
    changed_.notify_all();
  }

  const DeviceStatistics& statistics() const override { return statistics_; }

 private:
  void run();
  void connect();
  bool tell(std::span<const std::uint8_t> bytes);
  void listen();
  bool drop_what_waits();
  void lose();
  void pause(milliseconds duration);
  void replace_transport(std::unique_ptr<ByteTransport> transport);

  void handle(Heard heard, ScanGate::Moment since);
  void offer(ScannedBytes code, ScanGate::Moment since);

  void begin_check(HealthCheck level);
  void end_check(HealthCheck level, bool passed, std::string details);
  void report(DeviceState state, std::optional<Failure> failure);

  const std::unique_ptr<TransportFactory> transports_;
  const base::Clock& clock_;
  const ScannerTiming timing_;
  const CodeScannerSink sink_;
  const std::unique_ptr<ScannerDialect> dialect_;
  DeviceStatistics statistics_;
  ScanGate gate_;
  ScanDelivery delivery_{gate_, statistics_, sink_, clock_};

  // Of the thread.
  DeviceHealth health_;
  std::optional<DeviceHealth> said_;                // what the sink heard last
  std::vector<std::uint8_t> greeting_;              // what this scanner had to be told
  bool stale_ = false;                              // the code begun, or part of it, came before arming
  std::optional<base::Instant> awaits_code_until_;  // an interactive check is under way
  std::array<std::uint8_t, kReadBuffer> buffer_{};

  std::mutex mutex_;  // guards the rest
  std::condition_variable changed_;
  std::unique_ptr<ByteTransport> transport_;  // replaced by the thread only, which may use it without the lock
  std::optional<HealthCheck> check_;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses everything above
};

void CodeScannerThread::run() {
  while (true) {
    std::optional<HealthCheck> check;
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
      check = std::exchange(check_, std::nullopt);
    }
    if (check) begin_check(*check);
    if (awaits_code_until_ && clock_.now() >= *awaits_code_until_)
      end_check(HealthCheck::interactive, false, "no code was shown");
    if (transport_)
      listen();
    else
      connect();
  }
}

void CodeScannerThread::connect() {
  replace_transport(transports_->open());
  if (!transport_) {
    const auto trouble = transports_->trouble();
    report(trouble ? faulted_by(*trouble) : DeviceState::no_device, trouble);
    transports_->wait_for_device(timing_.absent_period);
    return pause(timing_.reopen_pause);
  }
  health_.identity = transport_->info().serial;
  auto greeting = dialect_->greet(transport_->info());
  if (!greeting) {
    report(faulted_by(greeting.error().failure), greeting.error().failure);
    replace_transport(nullptr);
    return pause(timing_.absent_period);
  }
  greeting_ = *std::move(greeting);
  if (!tell(greeting_) || !drop_what_waits()) return;
  statistics_.add(Counter::connects);
  report(DeviceState::online, std::nullopt);
}

// False when the scanner did not take it; it is then closed.
bool CodeScannerThread::tell(std::span<const std::uint8_t> bytes) {
  if (bytes.empty()) return true;
  const auto written = transport_->write(bytes, timing_.answer);
  if (written.ok()) return true;
  if (written.error != TransportError::timeout) {
    lose();
    return false;
  }
  statistics_.add(Counter::unanswered);
  statistics_.add(Counter::recoveries);
  report(DeviceState::offline, Failure::scan_no_answer);
  replace_transport(nullptr);
  pause(timing_.absent_period);
  return false;
}

void CodeScannerThread::listen() {
  if (gate_.begin_reading() == ScanGate::Reading::after_dropping) {
    (void)drop_what_waits();
    return;
  }
  const base::Instant before = clock_.now();
  milliseconds patience = timing_.listen;
  if (const auto due = dialect_->due()) patience = std::min(patience, until(*due, before));
  if (awaits_code_until_) patience = std::min(patience, until(*awaits_code_until_, before));
  const auto read = transport_->read(buffer_, patience);
  const base::Instant now = clock_.now();
  const auto ended = gate_.end_reading(now);
  if (ended.armed_meanwhile) stale_ = dialect_->begun();

  Heard heard;
  if (read.count > 0)
    dialect_->feed(std::span(buffer_).first(read.count), now, heard);
  else if (dialect_->due() && now >= *dialect_->due())
    dialect_->rest(now, heard);
  base::wipe(buffer_.data(), read.count);
  handle(std::move(heard), ended.moment);
  if (read.error && *read.error != TransportError::timeout) lose();
}

// False when the scanner is gone.
bool CodeScannerThread::drop_what_waits() {
  for (std::size_t i = 0; i < kMostStaleReads; ++i) {
    const auto read = transport_->read(buffer_, milliseconds{0});
    Heard heard;
    if (read.count > 0) dialect_->feed(std::span(buffer_).first(read.count), clock_.now(), heard);
    base::wipe(buffer_.data(), read.count);
    statistics_.add(Counter::refused, heard.codes.size());
    statistics_.add(Counter::noise, heard.noise);
    if (read.error && *read.error != TransportError::timeout) {
      lose();
      return false;
    }
    if (read.count == 0) break;
  }
  stale_ = dialect_->begun();
  return true;
}

void CodeScannerThread::lose() {
  if (dialect_->begun()) statistics_.add(Counter::noise);
  stale_ = false;
  replace_transport(nullptr);
  report(DeviceState::no_device, std::nullopt);
}

void CodeScannerThread::pause(milliseconds duration) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, duration, [this] { return stopping_ || check_; });
}

void CodeScannerThread::replace_transport(std::unique_ptr<ByteTransport> transport) {
  {
    const std::lock_guard lock(mutex_);
    std::swap(transport_, transport);
    if (stopping_ && transport_) transport_->cancel();
  }
}  // the old one closes outside the lock

void CodeScannerThread::handle(Heard heard, ScanGate::Moment since) {
  statistics_.add(Counter::noise, heard.noise);
  for (ScannedBytes& code : heard.codes) {
    if (std::exchange(stale_, false))
      statistics_.add(Counter::refused);
    else
      offer(std::move(code), since);
  }
  if (!dialect_->begun()) stale_ = false;
}

void CodeScannerThread::offer(ScannedBytes code, ScanGate::Moment since) {
  const bool checked = awaits_code_until_.has_value();
  if (checked) {
    const std::string symbology = code.symbology ? to_string(*code.symbology) : "symbology not told";
    end_check(HealthCheck::interactive, !code.failure, fmt::format("a code of {} bytes came, {}", code.bytes.size(), symbology));
  }
  if (!gate_.request(since)) {
    if (!checked) statistics_.add(Counter::refused);
    return;
  }
  if (code.failure) return delivery_.refuse(*code.failure);
  RawCode raw;
  raw.bytes = bytes_of(code.bytes);
  raw.symbology = code.symbology;
  delivery_.offer(raw, since);
}

void CodeScannerThread::begin_check(HealthCheck level) {
  awaits_code_until_.reset();
  if (level == HealthCheck::passive || !can_work(health_.state))
    return end_check(level, can_work(health_.state), fmt::format("code scanner: {}", name_of(health_.state)));
  if (level == HealthCheck::interactive) {
    awaits_code_until_ = clock_.now() + timing_.interactive;
    return;
  }
  const bool asked = !greeting_.empty();
  const bool answers = tell(greeting_);
  end_check(level, answers,
            !answers ? "the scanner does not take what it is told"
            : asked  ? "the scanner took its setting anew"
                     : "connected; this kind of scanner cannot be asked, show it a code");
}

void CodeScannerThread::end_check(HealthCheck level, bool passed, std::string details) {
  awaits_code_until_.reset();
  sink_(HealthChecked{level, passed, health_, std::move(details)});
}

void CodeScannerThread::report(DeviceState state, std::optional<Failure> failure) {
  health_.state = state;
  health_.failure = failure;
  if (state == DeviceState::no_device) health_.identity.clear();
  if (said_ == health_) return;
  said_ = health_;
  sink_(health_);
}

}  // namespace

std::unique_ptr<CodeScanner> make_code_scanner(std::unique_ptr<TransportFactory> transports, const base::Clock& clock,
                                               CodeScannerSink sink, ScannerTiming timing,
                                               std::unique_ptr<ScannerDialect> dialect) {
  return std::make_unique<CodeScannerThread>(std::move(transports), clock, std::move(sink), timing, std::move(dialect));
}

}  // namespace hal
