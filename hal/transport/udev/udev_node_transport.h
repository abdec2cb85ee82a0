// A device node as a transport: what hidraw and evdev have in common.
#pragma once

#include <functional>
#include <memory>

#include "hal/transport/byte_transport.h"
#include "hal/transport/file/pollable_file.h"
#include "hal/transport/udev/udev_nodes.h"

namespace hal {

// Reads and writes the node as it is.
class UdevNodeTransport : public ByteTransport {
 public:
  UdevNodeTransport(base::FileDescriptor file, TransportInfo info) : info_(std::move(info)), file_(std::move(file)) {}

  const TransportInfo& info() const override { return info_; }
  Transferred write(std::span<const std::uint8_t> bytes, std::chrono::milliseconds patience) override {
    return file_.write(bytes, patience);
  }
  Transferred read(std::span<std::uint8_t> buffer, std::chrono::milliseconds patience) override {
    return file_.read(buffer, patience);
  }
  void cancel() override { file_.cancel(); }

 protected:
  PollableFile& file() { return file_; }

 private:
  const TransportInfo info_;
  PollableFile file_;
};

struct UdevNodeKind {
  std::string subsystem;
  std::string prefix;  // of TransportInfo::port: "usb:", "evdev:"
  std::function<bool(const UdevNode&)> accepts;
  // Takes the open node into use; null with a failure when that is not possible.
  std::function<std::unique_ptr<ByteTransport>(base::FileDescriptor, TransportInfo, std::optional<base::Failure>&)> use;
};

std::unique_ptr<TransportFactory> make_udev_node_transport(UdevNodeKind kind);

}  // namespace hal
