#include "hal/camera/camera_scanner.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "hal/scanner/scan_delivery.h"

namespace hal {
namespace {

using base::Failure;

constexpr std::chrono::milliseconds kNeverAway = std::chrono::hours{24};  // frames do not queue up, so none are stale
constexpr int kFramesAfterArming = 1;                                     // the first may have been exposed before

class CameraScanner final : public CodeScanner {
 public:
  CameraScanner(std::unique_ptr<TransportFactory> transports, std::filesystem::path decoder, const base::Clock& clock,
                CodeScannerSink sink, const CameraScannerTiming& timing)
      : clock_(clock),
        timing_(timing),
        sink_(std::move(sink)),
        gate_(clock.now()),
        decoder_(std::move(decoder), clock, statistics_, timing.decoder),
        camera_(make_camera(
            std::move(transports), [this](CameraEvent event) { hear(std::move(event)); }, timing.camera)),
        thread_([this] { run(); }) {}

  ~CameraScanner() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    decoder_.cancel();
    thread_.join();
    camera_.reset();
  }

  void arm(ScanRequest request) override {
    gate_.arm(std::move(request), clock_.now(), kNeverAway);
    change([this] {
      armed_ = true;
      frame_.reset();
      skip_ = kFramesAfterArming;
    });
  }

  void disarm() override {
    gate_.disarm();
    change([this] {
      armed_ = false;
      frame_.reset();
    });
  }

  void check(HealthCheck level) override {
    change([&] { check_ = level; });
  }

  const DeviceStatistics& statistics() const override { return statistics_; }

 private:
  struct Seen {
    CameraFrame frame;
    ScanGate::Moment moment = 0;
  };
  struct News {
    bool stopping = false;
    bool armed = false;
    std::optional<HealthCheck> check;
    std::vector<DeviceHealth> healths;
    std::optional<bool> camera_passed;
    std::optional<Seen> frame;
  };

  template <class Change>
  void change(Change change) {
    {
      const std::lock_guard lock(mutex_);
      change();
    }
    changed_.notify_all();
  }

  void hear(CameraEvent event);  // on the camera's thread
  News wait_for_news();
  void run();
  void look_into(const Seen& seen);
  void offer(const DecoderReply& reply, ScanGate::Moment moment);
  bool is_held(const std::string& bytes, ScanGate::Moment moment);
  void take_health(const DeviceHealth& health);
  void begin_check(HealthCheck level);
  void end_active_check(bool camera_passed);
  void end_check(HealthCheck level, bool passed, std::string details);
  void report();

  const base::Clock& clock_;
  const CameraScannerTiming timing_;
  const CodeScannerSink sink_;
  DeviceStatistics statistics_;
  ScanGate gate_;

  // Of the thread.
  FrameDecoder decoder_;
  ScanDelivery delivery_{gate_, statistics_, sink_, clock_};
  DeviceHealth camera_health_;
  std::optional<DeviceHealth> said_;
  std::optional<base::Instant> awaits_code_until_;  // an interactive check is under way
  struct Refused {
    std::size_t hash = 0;
    ScanGate::Moment moment = 0;
    base::Instant seen{};  // last
  };
  std::optional<Refused> refused_;

  std::mutex mutex_;  // guards the rest
  std::condition_variable changed_;
  std::optional<Seen> frame_;          // the newest
  std::vector<DeviceHealth> healths_;  // not known to the thread: the first, and the last
  std::optional<bool> camera_passed_;  // its active check
  std::optional<HealthCheck> check_;
  int skip_ = 0;
  bool armed_ = false;
  bool armed_known_ = false;  // to the thread
  bool stopping_ = false;

  std::unique_ptr<Camera> camera_;
  std::thread thread_;  // last: it uses everything above
};

void CameraScanner::hear(CameraEvent event) {
  if (auto* health = std::get_if<DeviceHealth>(&event)) {
    // The first is kept: a camera that was away and is back has been away.
    change([&] {
      if (healths_.size() > 1) healths_.pop_back();
      healths_.push_back(std::move(*health));
    });
  } else if (const auto* checked = std::get_if<HealthChecked>(&event)) {
    change([&] { camera_passed_ = checked->passed; });
  } else if (auto* frame = std::get_if<CameraFrame>(&event)) {
    const auto moment = gate_.end_reading(clock_.now()).moment;
    change([&] {
      if (skip_ > 0)
        --skip_;
      else
        frame_ = Seen{std::move(*frame), moment};
    });
  }
}

CameraScanner::News CameraScanner::wait_for_news() {
  std::unique_lock lock(mutex_);
  const auto arrived = [this] {
    return stopping_ || check_ || !healths_.empty() || camera_passed_ || frame_ || armed_ != armed_known_;
  };
  if (awaits_code_until_)
    changed_.wait_for(lock, std::max(*awaits_code_until_ - clock_.now(), base::Instant::duration{}), arrived);
  else
    changed_.wait(lock, arrived);
  armed_known_ = armed_;
  return {stopping_,
          armed_,
          std::exchange(check_, std::nullopt),
          std::exchange(healths_, {}),
          std::exchange(camera_passed_, std::nullopt),
          std::exchange(frame_, std::nullopt)};
}

void CameraScanner::run() {
  while (true) {
    const News news = wait_for_news();
    if (news.stopping) return;
    for (const auto& health : news.healths) take_health(health);
    if (news.check) begin_check(*news.check);
    if (news.camera_passed) end_active_check(*news.camera_passed);
    if (awaits_code_until_ && clock_.now() >= *awaits_code_until_)
      end_check(HealthCheck::interactive, false, "no code was shown");
    const bool wanted = news.armed || awaits_code_until_;
    camera_->want_frames(wanted);
    if (!wanted) decoder_.rest();
    if (wanted && news.frame) look_into(*news.frame);
  }
}

void CameraScanner::take_health(const DeviceHealth& health) {
  if (!can_work(camera_health_.state) && can_work(health.state)) statistics_.add(Counter::connects);
  camera_health_ = health;
  report();
}

void CameraScanner::look_into(const Seen& seen) {
  auto reply = decoder_.look(seen.frame);
  report();
  if (!reply) return;
  offer(*reply, seen.moment);
  base::wipe(reply->bytes);
}

void CameraScanner::offer(const DecoderReply& reply, ScanGate::Moment moment) {
  if (awaits_code_until_) {
    end_check(HealthCheck::interactive, true, fmt::format("a code of {} bytes came, ]Q{}", reply.bytes.size(), reply.modifier));
    if (!gate_.request(moment)) return;
  }
  if (is_held(reply.bytes, moment)) return;
  RawCode raw;
  raw.bytes = {reinterpret_cast<const std::uint8_t*>(reply.bytes.data()), reply.bytes.size()};
  raw.symbology = AimIdentifier{'Q', reply.modifier};
  raw.structured_append = reply.structured_append;
  raw.reader_init = reply.reader_init;
  if (!delivery_.offer(raw, moment)) return;
  refused_.reset();
  change([this] { armed_ = gate_.armed(); });  // unless the screen has asked for the next one already
}

// The code that was refused last, and has been in sight since. Of another arming it is looked at anew.
bool CameraScanner::is_held(const std::string& bytes, ScanGate::Moment moment) {
  const Refused now{std::hash<std::string>{}(bytes), moment, clock_.now()};
  const bool held =
      refused_ && refused_->hash == now.hash && refused_->moment == moment && now.seen - refused_->seen < timing_.held;
  refused_ = now;
  return held;
}

void CameraScanner::begin_check(HealthCheck level) {
  if (level == HealthCheck::passive || !can_work(camera_health_.state))
    return end_check(level, can_work(camera_health_.state), fmt::format("camera: {}", name_of(camera_health_.state)));
  if (level == HealthCheck::interactive) {
    awaits_code_until_ = clock_.now() + timing_.interactive;
    return;
  }
  camera_->check(level);
}

void CameraScanner::end_active_check(bool camera_passed) {
  constexpr auto kLevel = HealthCheck::active;
  if (!camera_passed) return end_check(kLevel, false, "no frame came");
  const auto before = clock_.now();
  if (!decoder_.works()) return end_check(kLevel, false, "the decoding process does not answer");
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(clock_.now() - before);
  end_check(kLevel, true,
            fmt::format("a frame came; the decoding process answered in {} ms, {}", took.count(),
                        decoder_.process()->filtered() ? "system calls limited" : "without seccomp: this kernel has none"));
}

void CameraScanner::end_check(HealthCheck level, bool passed, std::string details) {
  if (level == HealthCheck::interactive) awaits_code_until_.reset();
  sink_(HealthChecked{level, passed, said_.value_or(DeviceHealth{}), std::move(details)});
}

// The camera's health, with a warning while the decoder keeps failing.
void CameraScanner::report() {
  DeviceHealth health = camera_health_;
  if (can_work(health.state) && decoder_.keeps_failing()) health.failure = Failure::camera_decoder_lost;
  if (said_ == health) return;
  said_ = health;
  sink_(health);
}

}  // namespace

std::unique_ptr<CodeScanner> make_camera_scanner(std::unique_ptr<TransportFactory> transports, std::filesystem::path decoder,
                                                 const base::Clock& clock, CodeScannerSink sink, CameraScannerTiming timing) {
  return std::make_unique<CameraScanner>(std::move(transports), std::move(decoder), clock, std::move(sink), timing);
}

}  // namespace hal
