#include "tests/hal/usb/model_node.h"

#include <fmt/format.h>
#include <linux/hidraw.h>
#include <linux/input.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <span>
#include <utility>

#include "base/hex.h"
#include "hal/simulated/simulated_transport.h"

namespace usb_test {
namespace {

// A plain file is always ready for poll(); so a device with nothing to say answers late rather than at once.
constexpr std::chrono::milliseconds kNoReport{10};
constexpr std::chrono::seconds kForWrites{5};  // the kernel's own limit

unsigned long without_size(unsigned long request) {
  return request & ~(static_cast<unsigned long>(_IOC_SIZEMASK) << _IOC_SIZESHIFT);
}

}  // namespace

ModelNode::ModelNode(Bus& bus, std::shared_ptr<hal::DeviceModel> model, ModelNodeSetting setting)
    : bus_(bus),
      setting_(std::move(setting)),
      model_(std::move(model)),
      cable_(hal::make_simulated_transport(model_)),
      handler_(umockdev_ioctl_base_new()) {
  g_signal_connect(handler_, "client-connected", G_CALLBACK(on_open), this);
  g_signal_connect(handler_, "handle-ioctl", G_CALLBACK(on_ioctl), this);
  g_signal_connect(handler_, "handle-read", G_CALLBACK(on_read), this);
  g_signal_connect(handler_, "handle-write", G_CALLBACK(on_write), this);
  umockdev_testbed_attach_ioctl(bus_.testbed(), file().c_str(), handler_, nullptr);
}

ModelNode::~ModelNode() {
  unplug();
  umockdev_testbed_detach_ioctl(bus_.testbed(), file().c_str(), nullptr);
  g_object_unref(handler_);
}

std::string ModelNode::description() const {
  const auto usb = fmt::format(
      "P: /devices/pci0000:00/usb1/{0}\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\nA: idVendor={1:04x}\\n\nA: "
      "idProduct={2:04x}\\n\n"
      "A: serial=NODE-7\\n\n\nP: /devices/pci0000:00/usb1/{0}/{0}:1.0/",
      setting_.port, setting_.vendor, setting_.product);
  if (setting_.kind == NodeKind::evdev)
    return usb + "input/input7/event7\nN: input/event7=00\nE: SUBSYSTEM=input\nE: DEVNAME=/dev/input/event7\nE: ID_INPUT_KEY=1\n";
  return usb + "hidraw/hidraw0\nN: hidraw0=00\nE: SUBSYSTEM=hidraw\nE: DEVNAME=/dev/hidraw0\nH: device/report_descriptor=" +
         base::to_hex(model_->info().report_descriptor) + "\n";
}

std::string ModelNode::syspath() const {
  return fmt::format("/sys/devices/pci0000:00/usb1/{0}/{0}:1.0/{1}", setting_.port,
                     setting_.kind == NodeKind::hidraw ? "hidraw/hidraw0" : "input/input7/event7");
}

void ModelNode::plug() {
  if (std::exchange(attached_, true)) return;
  model_->plug();
  GError* error = nullptr;
  umockdev_testbed_add_from_string(bus_.testbed(), description().c_str(), &error);
  if (error != nullptr) g_error("%s", error->message);
  umockdev_testbed_uevent(bus_.testbed(), syspath().c_str(), "add");
}

void ModelNode::unplug() {
  if (!std::exchange(attached_, false)) return;
  model_->unplug();
  umockdev_testbed_uevent(bus_.testbed(), syspath().c_str(), "remove");
  umockdev_testbed_remove_device(bus_.testbed(), syspath().c_str());
  umockdev_testbed_remove_device(bus_.testbed(), ("/sys/devices/pci0000:00/usb1/" + setting_.port).c_str());
}

void ModelNode::on_open(UMockdevIoctlBase*, UMockdevIoctlClient*, gpointer self) {
  auto& node = *static_cast<ModelNode*>(self);
  node.line_.reset();
  node.line_ = node.cable_->open();
}

// The process is its own kernel here: the pointers of the driver can be followed.
gboolean ModelNode::on_read(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer self) {
  UMockdevIoctlData* const argument = umockdev_ioctl_client_get_arg(client);
  const std::span buffer(reinterpret_cast<std::uint8_t*>(argument->client_addr), static_cast<std::size_t>(argument->data_len));
  auto* const line = static_cast<ModelNode*>(self)->line_.get();
  const auto read = line != nullptr ? line->read(buffer, kNoReport) : hal::Transferred{0, hal::TransportError::gone};
  const int error = read.count > 0 ? 0 : read.error == hal::TransportError::timeout ? EAGAIN : ENODEV;
  umockdev_ioctl_client_complete(client, error == 0 ? static_cast<glong>(read.count) : -1, error);
  return TRUE;
}

gboolean ModelNode::on_write(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer self) {
  UMockdevIoctlData* const argument = umockdev_ioctl_client_get_arg(client);
  const std::span bytes(argument->data, static_cast<std::size_t>(argument->data_len));
  auto* const line = static_cast<ModelNode*>(self)->line_.get();
  const bool taken = line != nullptr && line->write(bytes, kForWrites).ok();
  umockdev_ioctl_client_complete(client, taken ? static_cast<glong>(bytes.size()) : -1, taken ? 0 : ENODEV);
  return TRUE;
}

gboolean ModelNode::on_ioctl(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer self) {
  void* argument = nullptr;
  std::memcpy(&argument, umockdev_ioctl_client_get_arg(client)->data, sizeof argument);
  const int error = static_cast<ModelNode*>(self)->answer(umockdev_ioctl_client_get_request(client), argument);
  umockdev_ioctl_client_complete(client, error == 0 ? 0 : -1, error);
  return TRUE;
}

int ModelNode::answer(unsigned long request, void* argument) {
  if (!line_) return ENODEV;
  const auto& descriptor = model_->info().report_descriptor;
  switch (request) {
    case EVIOCGRAB:
      if (argument != nullptr && held_) return EBUSY;
      grabbed_ = argument != nullptr;
      return 0;
    case HIDIOCGRDESCSIZE:
      *static_cast<int*>(argument) = static_cast<int>(descriptor.size());
      return 0;
    case HIDIOCGRDESC:
      std::ranges::copy(descriptor, static_cast<hidraw_report_descriptor*>(argument)->value);
      return 0;
    default:
      return without_size(request) == without_size(HIDIOCSFEATURE(0)) ? set_feature(request, argument) : ENOTTY;
  }
}

int ModelNode::set_feature(unsigned long request, const void* argument) {
  const std::span report(static_cast<const std::uint8_t*>(argument), _IOC_SIZE(request));
  const auto written = line_->write(report, std::chrono::milliseconds{100});
  return written.ok() ? 0 : written.error == hal::TransportError::timeout ? ETIMEDOUT : ENODEV;
}

}  // namespace usb_test
