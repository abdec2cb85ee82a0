// A USB device that exists in umockdev only: the real libusb finds it, opens it and sends its transfers to the firmware
// given here. What happens on the bus (NAK, stall, unplugging in mid-transfer) is done by this class.
#pragma once

#include <linux/usbdevice_fs.h>
#include <sys/ioctl.h>
#include <umockdev.h>

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/file_descriptor.h"

namespace usb_test {

// What answers at the endpoints. Called with the gadget's lock held, and often: it must not block.
class Firmware {
 public:
  virtual ~Firmware() = default;
  virtual std::size_t take(std::uint8_t endpoint, std::span<const std::uint8_t> bytes) = 0;  // less than all: NAK for now
  virtual std::size_t give(std::uint8_t endpoint, std::span<std::uint8_t> buffer) = 0;       // 0: NAK for now
  virtual void reset() {}                                                                    // the port was reset
};

struct GadgetInterface {
  std::uint8_t interface_class = 0xFF;
  std::uint8_t subclass = 0;
  std::uint8_t protocol = 0;
  std::vector<std::uint8_t> bulk_endpoints;  // addresses
};

class Bus {  // one at a time in a process
 public:
  Bus();
  ~Bus();
  Bus(const Bus&) = delete;
  Bus& operator=(const Bus&) = delete;
  UMockdevTestbed* testbed() const { return testbed_; }

 private:
  UMockdevTestbed* const testbed_;
};

class UsbGadget {
 public:
  // Not plugged in yet. `port`: "1-2", and below a hub "1-1.2".
  UsbGadget(Bus& bus, std::string port, std::uint16_t vendor, std::uint16_t product, std::vector<GadgetInterface> alternates,
            Firmware& firmware);
  ~UsbGadget();
  UsbGadget(const UsbGadget&) = delete;
  UsbGadget& operator=(const UsbGadget&) = delete;

  void plug();
  void unplug();  // ends every transfer under way, as the kernel does
  // After so many more bytes of IN transfers, unplug() happens by itself as far as the bus is concerned.
  void break_off_after(std::size_t in_bytes);
  void stall(std::uint8_t endpoint);  // until the host clears it
  // Readable while a transfer has ended that the host does not know of yet, as the kernel's node would be writable. From then on
  // the bus moves with everything the host does, and not only when it asks for what has ended.
  int watch_ended();

  unsigned clears() const;     // CLEAR_HALTs so far
  unsigned resets() const;     // of the port
  unsigned alternate() const;  // setting that the host chose last
  bool claimed() const;

 private:
  struct Pending {
    usbdevfs_urb* urb;
    std::size_t moved;
  };

  static gboolean on_ioctl(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer self);
  bool handle(UMockdevIoctlClient* client);
  int submit(usbdevfs_urb* urb);
  int discard(const usbdevfs_urb* urb);
  usbdevfs_urb* reap();
  void move();
  void tell_ended() const;
  bool advance(Pending& pending);
  void end(const Pending& pending, int status);
  void end_all(int status);
  std::vector<std::uint8_t> descriptors() const;

  Bus& bus_;
  const std::string port_;
  const std::uint16_t vendor_;
  const std::uint16_t product_;
  const std::vector<GadgetInterface> alternates_;
  Firmware& firmware_;
  UMockdevIoctlBase* const handler_;
  std::string syspath_;

  mutable std::mutex mutex_;  // guards the rest
  std::deque<Pending> pending_;
  std::deque<usbdevfs_urb*> ended_;
  std::set<std::uint8_t> stalled_;
  std::map<std::uint8_t, bool> claims_;
  std::size_t in_bytes_left_ = SIZE_MAX;
  unsigned clears_ = 0;
  unsigned resets_ = 0;
  unsigned alternate_ = 0;
  bool attached_ = false;
  base::FileDescriptor ended_event_;
};

}  // namespace usb_test
