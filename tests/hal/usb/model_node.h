// A hidraw or evdev node that exists in umockdev only: the real open(), read(), write() and ioctls of a transport reach a
// simulated device. Reads keep the borders of reports and input events, as those nodes do.
#pragma once

#include <umockdev.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "hal/simulated/device_model.h"
#include "tests/hal/usb/usb_gadget.h"

namespace usb_test {

enum class NodeKind : std::uint8_t { hidraw, evdev };

struct ModelNodeSetting {
  NodeKind kind = NodeKind::hidraw;
  std::string port = "1-3";  // in the USB tree
  std::uint16_t vendor = 0x0C2E;
  std::uint16_t product = 0x0901;
};

class ModelNode {
 public:
  ModelNode(Bus& bus, std::shared_ptr<hal::DeviceModel> model, ModelNodeSetting setting);
  ~ModelNode();  // after whatever has it open
  ModelNode(const ModelNode&) = delete;
  ModelNode& operator=(const ModelNode&) = delete;

  // Not plugged in yet. The model is plugged in and pulled out with its node.
  void plug();
  void unplug();

  void hold_by_another(bool held) { held_ = held; }  // evdev: another program has grabbed it
  bool grabbed() const { return grabbed_; }          // evdev: by us
  std::string file() const { return setting_.kind == NodeKind::hidraw ? "/dev/hidraw0" : "/dev/input/event7"; }

 private:
  static void on_open(UMockdevIoctlBase*, UMockdevIoctlClient*, gpointer self);
  static gboolean on_ioctl(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer self);
  static gboolean on_read(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer self);
  static gboolean on_write(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer self);
  int answer(unsigned long request, void* argument);
  int set_feature(unsigned long request, const void* argument);
  std::string description() const;
  std::string syspath() const;

  Bus& bus_;
  const ModelNodeSetting setting_;
  const std::shared_ptr<hal::DeviceModel> model_;  // shared with the test, which shows codes
  const std::unique_ptr<hal::TransportFactory> cable_;
  std::unique_ptr<hal::ByteTransport> line_;  // of umockdev's thread; new with every open()
  UMockdevIoctlBase* const handler_;
  bool attached_ = false;
  std::atomic<bool> held_ = false;
  std::atomic<bool> grabbed_ = false;
};

}  // namespace usb_test
