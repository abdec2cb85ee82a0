// A simulated device: a model of the firmware at the far end of a cable. It takes the bytes a driver writes and gives
// the bytes a driver reads; the real driver runs on top and cannot tell the difference.
//
// A model derives from DeviceModel, implements take() and give(), and offers controls of its own ("lay a card down",
// "open the cover"). Every call of a virtual is made with the device's lock held; a control takes the same lock with
// change(), which also wakes a driver that waits:
//
//   void Printer::open_cover() { const Change change = this->change(); cover_open_ = true; }
//
// Threads: the driver's on one side, anybody's on the controls.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>

#include "base/result.h"
#include "hal/simulated/cable_faults.h"
#include "hal/simulated/model_command.h"
#include "hal/transport/byte_transport.h"

namespace hal {

class DeviceModel {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  DeviceModel() = default;
  virtual ~DeviceModel() = default;
  DeviceModel(const DeviceModel&) = delete;
  DeviceModel& operator=(const DeviceModel&) = delete;

  // The cable. A device starts plugged in. Unplugging ends every call in progress with `gone`; a transport opened
  // before stays gone also after plugging in again.
  void plug();
  void unplug();
  bool plugged() const;

  // One line of a script: a fault of the cable (cable_faults.h) or one of the device's own commands. config_invalid with
  // what is expected when there is no such command. Any thread.
  base::Status control(std::string_view line);
  // The device's own commands, a line each: "lay PERSONA    lays a card on the plate".
  virtual std::string_view commands() const { return {}; }

  // What the cable says of the device. Fixed.
  virtual const TransportInfo& info() const;

 protected:
  // Held by a control while it changes the device; wakes waiting drivers when it ends.
  class [[nodiscard]] Change {
   public:
    explicit Change(DeviceModel& device) : device_(device), lock_(device.mutex_) {}
    ~Change() {
      lock_.unlock();
      device_.changed_.notify_all();
    }
    Change(const Change&) = delete;
    Change& operator=(const Change&) = delete;

   private:
    DeviceModel& device_;
    std::unique_lock<std::mutex> lock_;
  };
  Change change() { return Change(*this); }
  // Pulls the cable from inside a virtual or a control, where the lock is held already.
  void pull_plug();
  // Carries out one of commands(), with the lock not held; false when there is no such command or a word is wrong.
  virtual bool carry_out(const ModelCommand&) { return false; }
  // The same as plugged(), inside a virtual.
  bool powered() const { return plugged_; }
  // For controls that only look.
  std::unique_lock<std::mutex> look() const { return std::unique_lock(mutex_); }

 private:
  friend class CutModel;
  friend class SimulatedTransport;
  friend class SimulatedTransportFactory;

  // Takes bytes from the driver and says how many. Less than offered means "buffer full, not now" (a USB NAK): the
  // driver's write waits until a change, wakes_at(), or the end of its patience. `bytes` is never empty.
  virtual std::size_t take(std::span<const std::uint8_t> bytes, TimePoint now) = 0;
  // Puts at most `buffer.size()` bytes for the driver into `buffer` and says how many; 0 = nothing to say now.
  virtual std::size_t give(std::span<std::uint8_t> buffer, TimePoint now) = 0;
  // When take() or give() may do more by the mere passing of time; nothing = only after a change.
  virtual std::optional<TimePoint> wakes_at() const { return std::nullopt; }
  // The cable came (power-on of a device fed by it) or went.
  virtual void on_plug(TimePoint) {}
  virtual void on_unplug() {}

  // What the driver does to a port that is switched; false: it is not.
  bool cut_power();
  void restore_power();  // unless somebody had a hand on the plug meanwhile

  // take(), give() and wakes_at() as they arrive at the driver's end of the cable; with the lock held.
  std::size_t take_by_cable(std::span<const std::uint8_t> bytes, TimePoint now);
  std::size_t give_by_cable(std::span<std::uint8_t> buffer, TimePoint now);
  std::optional<TimePoint> cable_wakes_at() const;

  mutable std::mutex mutex_;
  CableFaults faults_;
  std::condition_variable changed_;
  bool plugged_ = true;
  bool power_cut_ = false;         // and only for that reason not plugged in
  bool open_ = false;              // a transport is using the device
  unsigned long attachments_ = 1;  // how often it was plugged in
};

}  // namespace hal
