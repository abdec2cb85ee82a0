#include "hal/transport/hidraw/hidraw_transport.h"

#include <linux/hidraw.h>
#include <sys/file.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "hal/transport/file/system_error.h"
#include "hal/transport/hidraw/hid_report_kinds.h"
#include "hal/transport/udev/udev_node_transport.h"

namespace hal {
namespace {

static_assert(HID_MAX_DESCRIPTOR_SIZE == kLongestKernelDescriptor);

class HidrawTransport final : public UdevNodeTransport {
 public:
  using UdevNodeTransport::UdevNodeTransport;

  Transferred write(std::span<const std::uint8_t> bytes, std::chrono::milliseconds patience) override {
    if (bytes.empty() || !is_feature_only(info().report_descriptor, bytes[0])) return UdevNodeTransport::write(bytes, patience);
    std::vector<std::uint8_t> report(bytes.begin(), bytes.end());
    // The kernel has a limit of its own here, 5 s.
    if (ioctl(file().get(), HIDIOCSFEATURE(report.size()), report.data()) >= 0) return {bytes.size(), {}};
    return {0, transport_error(errno).value_or(TransportError::timeout)};
  }
};

// Empty when the node cannot say.
std::vector<std::uint8_t> read_report_descriptor(int file) {
  int size = 0;
  if (ioctl(file, HIDIOCGRDESCSIZE, &size) < 0 || size <= 0 || size > HID_MAX_DESCRIPTOR_SIZE) return {};
  hidraw_report_descriptor descriptor{};
  descriptor.size = static_cast<std::uint32_t>(size);
  if (ioctl(file, HIDIOCGRDESC, &descriptor) < 0) return {};
  return {descriptor.value, descriptor.value + size};
}

std::unique_ptr<ByteTransport> use(base::FileDescriptor file, TransportInfo info, std::optional<base::Failure>& failure) {
  if (flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    failure = base::Failure::device_port_invalid;
    return nullptr;
  }
  info.report_descriptor = read_report_descriptor(file.get());
  if (info.report_descriptor.empty()) {
    failure = open_failure(errno);
    return nullptr;
  }
  return std::make_unique<HidrawTransport>(std::move(file), std::move(info));
}

}  // namespace

std::unique_ptr<TransportFactory> make_hidraw_transport(UdevSelector selector) {
  return make_udev_node_transport(
      {"hidraw", "usb:", [selector = std::move(selector)](const UdevNode& node) { return is_selected(selector, node); }, use});
}

}  // namespace hal
