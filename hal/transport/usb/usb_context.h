// libusb in this process: one context, one thread that handles its events, and a count of devices that came.
#pragma once

#include <libusb-1.0/libusb.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace hal {

class UsbContext {
 public:
  // The one context, alive as long as somebody holds it: shared, because every USB device of the process uses its thread.
  static std::shared_ptr<UsbContext> shared();

  ~UsbContext();
  UsbContext(const UsbContext&) = delete;
  UsbContext& operator=(const UsbContext&) = delete;

  // Null when libusb could not start; then no device is ever found.
  libusb_context* get() const { return context_.get(); }

  // How many devices have come so far.
  unsigned long arrivals() const;
  // Waits until arrivals() is no longer `seen`, `cancelled` becomes true (set it, then call wake()), or the time is over.
  void wait_for_arrival(unsigned long seen, const std::atomic<bool>& cancelled, std::chrono::milliseconds patience);
  void wake();

 private:
  UsbContext();
  static int LIBUSB_CALL arrived(libusb_context*, libusb_device*, libusb_hotplug_event, void* self);
  void handle_events();

  struct Exit {
    void operator()(libusb_context* context) const { libusb_exit(context); }
  };
  std::unique_ptr<libusb_context, Exit> context_;
  libusb_hotplug_callback_handle hotplug_ = 0;
  bool watches_ = false;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  unsigned long arrivals_ = 0;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace hal
