#include "hal/simulated/simulated_transport.h"

#include <algorithm>

namespace hal {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

class CutModel final : public PowerCut {
 public:
  explicit CutModel(std::shared_ptr<DeviceModel> device) : device_(std::move(device)) {}
  ~CutModel() override { device_->restore_power(); }

 private:
  const std::shared_ptr<DeviceModel> device_;
};

class SimulatedTransport final : public ByteTransport {
 public:
  // With the device's lock held.
  explicit SimulatedTransport(std::shared_ptr<DeviceModel> device)
      : device_(std::move(device)), attachment_(device_->attachments_) {
    device_->open_ = true;
  }

  ~SimulatedTransport() override {
    const std::lock_guard lock(device_->mutex_);
    if (connected()) device_->open_ = false;
  }

  const TransportInfo& info() const override { return device_->info(); }

  Transferred write(std::span<const std::uint8_t> bytes, milliseconds patience) override {
    Transferred result;
    result.error = repeat(patience, [&](DeviceModel::TimePoint now) {
      if (result.count < bytes.size()) result.count += device_->take_by_cable(bytes.subspan(result.count), now);
      return result.count == bytes.size();
    });
    device_->changed_.notify_all();  // another thread may be reading the answer
    return result;
  }

  Transferred read(std::span<std::uint8_t> buffer, milliseconds patience) override {
    Transferred result;
    result.error = repeat(patience, [&](DeviceModel::TimePoint now) {
      result.count = device_->give_by_cable(buffer, now);
      return result.count > 0 || buffer.empty();
    });
    return result;
  }

  std::unique_ptr<PowerCut> cut_power() override { return device_->cut_power() ? std::make_unique<CutModel>(device_) : nullptr; }

  void cancel() override {
    const DeviceModel::Change change(*device_);
    cancelled_ = true;
  }

 private:
  bool connected() const { return device_->plugged_ && device_->attachments_ == attachment_; }

  // Calls `step` until it says it is done, and otherwise says why it will not be.
  template <class Step>
  std::optional<TransportError> repeat(milliseconds patience, Step step) {
    const auto deadline = steady_clock::now() + std::clamp(patience, milliseconds{0}, milliseconds{std::chrono::hours{1}});
    std::unique_lock lock(device_->mutex_);
    while (true) {
      if (cancelled_) return TransportError::cancelled;
      if (!connected()) return TransportError::gone;
      const auto now = steady_clock::now();
      if (step(now)) return std::nullopt;
      if (!connected()) return TransportError::gone;  // the device pulled its own plug
      if (now >= deadline) return TransportError::timeout;
      // A model that names a time already past must not make this spin.
      const auto wake = std::max(device_->cable_wakes_at().value_or(deadline), now + milliseconds{1});
      device_->changed_.wait_until(lock, std::min(deadline, wake));
    }
  }

  std::shared_ptr<DeviceModel> device_;
  unsigned long attachment_;
  bool cancelled_ = false;
};

class SimulatedTransportFactory final : public TransportFactory {
 public:
  explicit SimulatedTransportFactory(std::shared_ptr<DeviceModel> device) : device_(std::move(device)) {}

  std::unique_ptr<ByteTransport> open() override {
    const std::lock_guard lock(device_->mutex_);
    seen_ = device_->attachments_;
    if (!device_->plugged_ || device_->open_) return nullptr;
    return std::make_unique<SimulatedTransport>(device_);
  }

  void wait_for_device(milliseconds patience) override {
    std::unique_lock lock(device_->mutex_);
    device_->changed_.wait_for(lock, patience, [this] { return cancelled_ || device_->attachments_ != seen_; });
  }

  void cancel() override {
    const DeviceModel::Change change(*device_);
    cancelled_ = true;
  }

 private:
  std::shared_ptr<DeviceModel> device_;
  unsigned long seen_ = 0;  // attachments that open() has already tried
  bool cancelled_ = false;
};

std::unique_ptr<TransportFactory> make_simulated_transport(std::shared_ptr<DeviceModel> device) {
  return std::make_unique<SimulatedTransportFactory>(std::move(device));
}

}  // namespace hal
