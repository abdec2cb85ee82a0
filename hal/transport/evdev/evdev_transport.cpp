#include "hal/transport/evdev/evdev_transport.h"

#include <linux/input.h>
#include <sys/ioctl.h>

#include <cerrno>
#include <utility>

#include "hal/transport/file/system_error.h"
#include "hal/transport/udev/udev_node_transport.h"

namespace hal {
namespace {

class EvdevTransport final : public UdevNodeTransport {
 public:
  using UdevNodeTransport::UdevNodeTransport;

  Transferred read(std::span<std::uint8_t> buffer, std::chrono::milliseconds patience) override {
    return UdevNodeTransport::read(buffer.first(buffer.size() / sizeof(input_event) * sizeof(input_event)), patience);
  }
};

// Closing the node lets go of it.
std::unique_ptr<ByteTransport> use(base::FileDescriptor file, TransportInfo info, std::optional<base::Failure>& failure) {
  if (ioctl(file.get(), EVIOCGRAB, 1) == 0) return std::make_unique<EvdevTransport>(std::move(file), std::move(info));
  failure = errno == EBUSY ? std::optional(base::Failure::scan_wrong_mode) : open_failure(errno);
  return nullptr;
}

}  // namespace

std::unique_ptr<TransportFactory> make_evdev_transport(UdevSelector selector) {
  return make_udev_node_transport({"input", "evdev:",
                                   [selector = std::move(selector)](const UdevNode& node) {
                                     return node.types && node.file.starts_with("/dev/input/event") &&
                                            is_selected(selector, node);
                                   },
                                   use});
}

}  // namespace hal
