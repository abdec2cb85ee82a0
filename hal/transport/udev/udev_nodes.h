// Device nodes of one subsystem (hidraw, input, video4linux), as udev knows them, and news of those that come. One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "hal/transport/file/wake_event.h"

struct udev;
struct udev_monitor;

namespace hal {

struct UdevNode {
  std::string file = {};  // "/dev/hidraw0"
  std::string port = {};  // place in the USB tree, "1-1.2"; empty when it is not on USB
  std::string name = {};  // maker and model as the USB device says, else the kernel's name; may be empty
  std::uint16_t vendor_id = 0;
  std::uint16_t product_id = 0;
  std::string serial = {};
  std::vector<std::uint8_t> report_descriptor = {};  // hidraw only
  bool types = false;                                // input only: has keys
  bool captures = true;                              // video4linux only: pictures; false: cameras' nodes for metadata
};

struct UdevId {
  std::uint16_t vendor_id = 0;
  std::uint16_t product_id = 0;  // 0: any of the vendor
};

// What all is said has to fit. Saying nothing selects nothing: no driver takes whatever there is.
struct UdevSelector {
  std::vector<UdevId> ids;       // one of these; empty: not asked
  std::uint16_t usage_page = 0;  // of a HID's first collection; 0: not asked
  std::string port;              // empty: not asked
};
bool is_selected(const UdevSelector& selector, const UdevNode& node);

class UdevNodes {
 public:
  explicit UdevNodes(std::string subsystem);
  ~UdevNodes();
  UdevNodes(const UdevNodes&) = delete;
  UdevNodes& operator=(const UdevNodes&) = delete;

  // Those there now, by place. News up to here is forgotten.
  std::vector<UdevNode> list();
  // Waits for news since list(): a node came or changed.
  void wait(const WakeEvent& cancelled, std::chrono::milliseconds patience);

 private:
  bool take_news();  // whether there was some

  struct Unref {
    void operator()(udev* library) const;
    void operator()(udev_monitor* monitor) const;
  };
  const std::string subsystem_;
  const std::unique_ptr<udev, Unref> udev_;             // null where there is none
  const std::unique_ptr<udev_monitor, Unref> monitor_;  //
};

}  // namespace hal
