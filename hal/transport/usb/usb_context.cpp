#include "hal/transport/usb/usb_context.h"

#include "base/log.h"
#include "hal/transport/usb/usb_port_power.h"

namespace hal {

std::shared_ptr<UsbContext> UsbContext::shared() {
  static std::mutex mutex;
  static std::weak_ptr<UsbContext> current;
  const std::lock_guard lock(mutex);
  if (auto alive = current.lock()) return alive;
  std::shared_ptr<UsbContext> created(new UsbContext);
  current = created;
  return created;
}

UsbContext::UsbContext() {
  libusb_context* context = nullptr;
  if (const int result = libusb_init(&context); result != LIBUSB_SUCCESS) {
    base::log::warning("libusb does not start: {}", libusb_error_name(result));
    return;
  }
  context_.reset(context);
  restore_usb_port_power();
  const int result = libusb_hotplug_register_callback(context, LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED, LIBUSB_HOTPLUG_NO_FLAGS,
                                                      LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY,
                                                      LIBUSB_HOTPLUG_MATCH_ANY, arrived, this, &hotplug_);
  watches_ = result == LIBUSB_SUCCESS;
  if (!watches_) base::log::warning("no news of USB devices that come: {}", libusb_error_name(result));
  thread_ = std::thread([this] { handle_events(); });
}

UsbContext::~UsbContext() {
  if (!context_) return;
  if (watches_) libusb_hotplug_deregister_callback(context_.get(), hotplug_);
  stopping_ = true;
  libusb_interrupt_event_handler(context_.get());
  thread_.join();
}

unsigned long UsbContext::arrivals() const {
  const std::lock_guard lock(mutex_);
  return arrivals_;
}

void UsbContext::wait_for_arrival(unsigned long seen, const std::atomic<bool>& cancelled, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, patience, [&] { return cancelled.load() || arrivals_ != seen; });
}

void UsbContext::wake() {
  const std::lock_guard lock(mutex_);
  changed_.notify_all();
}

// Runs on the event thread, where libusb allows nothing that blocks.
int UsbContext::arrived(libusb_context*, libusb_device*, libusb_hotplug_event, void* self) {
  auto& context = *static_cast<UsbContext*>(self);
  const std::lock_guard lock(context.mutex_);
  ++context.arrivals_;
  context.changed_.notify_all();
  return 0;
}

void UsbContext::handle_events() {
  while (!stopping_) {
    timeval longest{60, 0};
    if (libusb_handle_events_timeout_completed(context_.get(), &longest, nullptr) != LIBUSB_SUCCESS) std::this_thread::yield();
  }
}

}  // namespace hal
