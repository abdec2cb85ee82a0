#include "hal/transport/serial/serial_transport.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <termios.h>

#include <cerrno>
#include <utility>

#include "base/log.h"
#include "hal/transport/file/file_watch.h"
#include "hal/transport/file/pollable_file.h"
#include "hal/transport/file/system_error.h"
#include "hal/transport/serial/line_settings.h"

namespace hal {
namespace {

class SerialTransport final : public ByteTransport {
 public:
  SerialTransport(base::FileDescriptor file, TransportInfo info) : info_(std::move(info)), file_(std::move(file)) {}

  // What the device did not take is dropped, or closing would wait for a device that holds back its flow.
  ~SerialTransport() override { tcflush(file_.get(), TCIOFLUSH); }

  const TransportInfo& info() const override { return info_; }
  Transferred write(std::span<const std::uint8_t> bytes, std::chrono::milliseconds patience) override {
    return file_.write(bytes, patience);
  }
  Transferred read(std::span<std::uint8_t> buffer, std::chrono::milliseconds patience) override {
    return file_.read(buffer, patience);
  }
  void cancel() override { file_.cancel(); }

 private:
  const TransportInfo info_;
  PollableFile file_;
};

class SerialTransportFactory final : public TransportFactory {
 public:
  explicit SerialTransportFactory(PortAddress address) : address_(std::move(address)) {}

  std::unique_ptr<ByteTransport> open() override {
    base::FileDescriptor file(::open(address_.where.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
    there_ = file.valid() || open_failure(errno).has_value();
    if (!file.valid()) return fail(open_failure(errno), "it cannot be opened");
    // TIOCEXCL keeps other programs out, the lock keeps out those who run as root, and ourselves.
    if (flock(file.get(), LOCK_EX | LOCK_NB) != 0 || ioctl(file.get(), TIOCEXCL) != 0)
      return fail(open_failure(errno), "it is in use or no serial line");
    if (!set_up_line(file.get(), address_)) return fail(base::Failure::device_port_invalid, "it refuses its settings");
    trouble_ = logged_ = std::nullopt;
    return std::make_unique<SerialTransport>(std::move(file), TransportInfo{"serial:" + address_.where, 0, 0, {}, {}});
  }

  std::optional<base::Failure> trouble() const override { return trouble_; }

  void wait_for_device(std::chrono::milliseconds patience) override {
    wait_for_file(address_.where, there_, cancelled_, patience);
  }
  void cancel() override { cancelled_.set(); }

 private:
  std::unique_ptr<ByteTransport> fail(std::optional<base::Failure> failure, const char* why) {
    trouble_ = failure;
    if (failure && std::exchange(logged_, failure) != failure)
      base::log::warning("{}: {}: {}", base::entry(*failure).code, to_string(address_), why);
    return nullptr;
  }

  const PortAddress address_;
  bool there_ = false;  // when open() looked last
  std::optional<base::Failure> trouble_;
  std::optional<base::Failure> logged_;
  WakeEvent cancelled_;
};

}  // namespace

std::unique_ptr<TransportFactory> make_serial_transport(PortAddress address) {
  return std::make_unique<SerialTransportFactory>(std::move(address));
}

}  // namespace hal
