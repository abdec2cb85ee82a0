#include "hal/camera/camera_thread.h"

#include <fmt/format.h>

#include <array>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "hal/camera/frame_wire.h"

namespace hal {
namespace {

using base::Failure;
using std::chrono::milliseconds;

class CameraThread final : public Camera {
 public:
  CameraThread(std::unique_ptr<TransportFactory> transports, CameraSink sink, const CameraTiming& timing)
      : transports_(std::move(transports)), sink_(std::move(sink)), timing_(timing), buffer_(kMostFrameBytes), thread_([this] {
          run();
        }) {}

  ~CameraThread() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
      if (transport_) transport_->cancel();
    }
    changed_.notify_all();
    transports_->cancel();
    thread_.join();
  }

  void want_frames(bool wanted) override {
    {
      const std::lock_guard lock(mutex_);
      wanted_ = wanted;
    }
    changed_.notify_all();
  }

  void check(HealthCheck level) override {
    {
      const std::lock_guard lock(mutex_);
      check_ = level;
    }
    changed_.notify_all();
  }

  const DeviceStatistics& statistics() const override { return statistics_; }

 private:
  struct Orders {
    bool stopping;
    bool wanted;
    std::optional<HealthCheck> check;
  };
  Orders orders() {
    const std::lock_guard lock(mutex_);
    return {stopping_, wanted_, std::exchange(check_, std::nullopt)};
  }

  void run();
  void connect();
  void switch_sensor(bool on);
  void watch_idle();
  void take_frame(bool wanted);
  void recover();
  void lose();
  void carry_out(HealthCheck level);
  void end_check(HealthCheck level, bool passed);
  void pause(milliseconds duration);
  void replace_transport(std::unique_ptr<ByteTransport> transport);
  void report(DeviceState state, std::optional<Failure> failure);

  const std::unique_ptr<TransportFactory> transports_;
  const CameraSink sink_;
  const CameraTiming timing_;
  DeviceStatistics statistics_;

  // Of the thread.
  DeviceHealth health_;
  std::optional<DeviceHealth> said_;
  std::optional<HealthCheck> checking_;  // waits for a frame
  bool sensing_ = false;
  std::vector<std::uint8_t> buffer_;

  std::mutex mutex_;  // guards the rest
  std::condition_variable changed_;
  std::unique_ptr<ByteTransport> transport_;  // replaced by the thread only, which may use it without the lock
  std::optional<HealthCheck> check_;
  bool wanted_ = false;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses everything above
};

void CameraThread::run() {
  while (true) {
    const Orders now = orders();
    if (now.stopping) break;
    if (now.check) carry_out(*now.check);
    // One that gave none is asked until it does: nobody wants frames of a camera that is said to be offline.
    const bool wanted = now.wanted || checking_ || health_.state == DeviceState::offline;
    if (!transport_)
      connect();
    else if (wanted != sensing_)
      switch_sensor(wanted);
    else if (sensing_)
      take_frame(now.wanted);
    else
      watch_idle();
  }
  base::wipe(buffer_.data(), buffer_.size());
}

void CameraThread::connect() {
  replace_transport(transports_->open());
  if (!transport_) {
    const auto trouble = transports_->trouble();
    report(trouble ? faulted_by(*trouble) : DeviceState::no_device, trouble);
    transports_->wait_for_device(timing_.absent_period);
    return pause(timing_.reopen_pause);
  }
  health_.identity = transport_->info().serial;
  statistics_.add(Counter::connects);
  if (health_.state != DeviceState::offline) report(DeviceState::online, std::nullopt);
}

void CameraThread::switch_sensor(bool on) {
  const std::array order{static_cast<std::uint8_t>(on ? SensorOrder::start : SensorOrder::end)};
  const auto written = transport_->write(order, timing_.order);
  if (written.ok())
    sensing_ = on;
  else if (written.error == TransportError::timeout)
    recover();
  else
    lose();
}

void CameraThread::watch_idle() {
  const auto read = transport_->read(buffer_, milliseconds{0});  // nothing comes; but a camera that is gone says so
  if (read.error && *read.error != TransportError::timeout) return lose();
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, timing_.idle, [this] { return stopping_ || wanted_ || check_; });
}

void CameraThread::take_frame(bool wanted) {
  const auto read = transport_->read(buffer_, timing_.frame);
  if (read.error == TransportError::timeout && read.count == 0) return recover();
  if (read.count > 0) {
    auto frame = parse_frame(std::span(buffer_).first(read.count));
    base::wipe(buffer_.data(), read.count);
    if (frame) {
      report(DeviceState::online, std::nullopt);
      if (checking_) end_check(*checking_, true);
      if (wanted) sink_(*std::move(frame));
    } else {
      statistics_.add(Counter::noise);
    }
  }
  if (read.error && *read.error != TransportError::timeout) lose();
}

// It is connected and gives nothing: opening it anew is all that can be done from here.
void CameraThread::recover() {
  statistics_.add(Counter::unanswered);
  statistics_.add(Counter::recoveries);
  report(DeviceState::offline, Failure::camera_no_answer);
  if (checking_) end_check(*checking_, false);
  replace_transport(nullptr);
  pause(timing_.reopen_pause);
}

void CameraThread::lose() {
  replace_transport(nullptr);
  report(DeviceState::no_device, std::nullopt);
  if (checking_) end_check(*checking_, false);
}

// Above "passive", it has to give one frame.
void CameraThread::carry_out(HealthCheck level) {
  if (level == HealthCheck::passive || !transport_) return end_check(level, can_work(health_.state));
  checking_ = level;
}

void CameraThread::end_check(HealthCheck level, bool passed) {
  checking_.reset();
  sink_(HealthChecked{level, passed, health_,
                      level == HealthCheck::passive || !passed ? fmt::format("camera: {}", name_of(health_.state))
                                                               : std::string("a frame came")});
}

void CameraThread::pause(milliseconds duration) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, duration, [this] { return stopping_ || check_; });
}

void CameraThread::replace_transport(std::unique_ptr<ByteTransport> transport) {
  sensing_ = false;
  {
    const std::lock_guard lock(mutex_);
    std::swap(transport_, transport);
    if (stopping_ && transport_) transport_->cancel();
  }
}  // the old one closes outside the lock

void CameraThread::report(DeviceState state, std::optional<Failure> failure) {
  health_.state = state;
  health_.failure = failure;
  if (state == DeviceState::no_device) health_.identity.clear();
  if (said_ == health_) return;
  said_ = health_;
  sink_(health_);
}

}  // namespace

std::unique_ptr<Camera> make_camera(std::unique_ptr<TransportFactory> transports, CameraSink sink, CameraTiming timing) {
  return std::make_unique<CameraThread>(std::move(transports), std::move(sink), timing);
}

}  // namespace hal
