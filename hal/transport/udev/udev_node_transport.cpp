#include "hal/transport/udev/udev_node_transport.h"

#include <fcntl.h>

#include <cerrno>
#include <utility>

#include "base/log.h"
#include "hal/transport/file/system_error.h"

namespace hal {
namespace {

class UdevNodeTransportFactory final : public TransportFactory {
 public:
  explicit UdevNodeTransportFactory(UdevNodeKind kind) : kind_(std::move(kind)), nodes_(kind_.subsystem) {}

  std::unique_ptr<ByteTransport> open() override {
    trouble_ = std::nullopt;
    for (const UdevNode& node : nodes_.list()) {
      if (!kind_.accepts(node)) continue;
      if (auto transport = open(node)) {
        trouble_ = logged_ = std::nullopt;
        return transport;
      }
    }
    return nullptr;
  }

  std::optional<base::Failure> trouble() const override { return trouble_; }
  void wait_for_device(std::chrono::milliseconds patience) override { nodes_.wait(cancelled_, patience); }
  void cancel() override { cancelled_.set(); }

 private:
  std::unique_ptr<ByteTransport> open(const UdevNode& node) {
    base::FileDescriptor file(::open(node.file.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
    auto failure = file.valid() ? std::nullopt : open_failure(errno);
    std::unique_ptr<ByteTransport> transport;
    if (file.valid()) {
      TransportInfo info{kind_.prefix + node.port, node.vendor_id, node.product_id, node.serial, {}};
      transport = kind_.use(std::move(file), std::move(info), failure);
    }
    if (failure) note(*failure, node);
    return transport;
  }

  // Said once, not at every attempt.
  void note(base::Failure failure, const UdevNode& node) {
    trouble_ = failure;
    if (std::exchange(logged_, failure) == failure) return;
    base::log::warning("{}: {} ({:04x}:{:04x} at {}) cannot be used; rules are in 70-linli.rules", base::entry(failure).code,
                       node.file, node.vendor_id, node.product_id, node.port);
  }

  const UdevNodeKind kind_;
  UdevNodes nodes_;
  std::optional<base::Failure> trouble_;
  std::optional<base::Failure> logged_;
  WakeEvent cancelled_;
};

}  // namespace

std::unique_ptr<TransportFactory> make_udev_node_transport(UdevNodeKind kind) {
  return std::make_unique<UdevNodeTransportFactory>(std::move(kind));
}

}  // namespace hal
