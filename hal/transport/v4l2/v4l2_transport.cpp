#include "hal/transport/v4l2/v4l2_transport.h"

#include <poll.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "hal/transport/deadline.h"
#include "hal/transport/file/system_error.h"
#include "hal/transport/udev/udev_node_transport.h"
#include "hal/transport/v4l2/v4l2_stream.h"

namespace hal {
namespace {

class V4l2Transport final : public ByteTransport {
 public:
  V4l2Transport(base::FileDescriptor file, TransportInfo info, std::unique_ptr<V4l2Stream> stream)
      : info_(std::move(info)), file_(std::move(file)), stream_(std::move(stream)) {}

  const TransportInfo& info() const override { return info_; }
  void cancel() override { cancelled_.set(); }

  Transferred write(std::span<const std::uint8_t> bytes, std::chrono::milliseconds) override {
    Transferred result;
    for (const auto order : bytes) {
      if (cancelled_.is_set()) result.error = TransportError::cancelled;
      if (!result.ok()) break;
      const int error = order == static_cast<std::uint8_t>(SensorOrder::start) ? stream_->start()
                        : order == static_cast<std::uint8_t>(SensorOrder::end) ? stream_->stop()
                                                                               : 0;
      if (error != 0)
        result.error = transport_error(error).value_or(TransportError::timeout);
      else
        ++result.count;
    }
    return result;
  }

  Transferred read(std::span<std::uint8_t> buffer, std::chrono::milliseconds patience) override {
    if (buffer.size() <= kFrameHeadSize) return {};
    const auto deadline = deadline_after(patience);
    if (!stream_->running()) return wait_idle(deadline);
    while (true) {
      const auto woken = cancelled_.wait(file_.get(), POLLIN, deadline);
      if (woken == Woken::cancelled) return {0, TransportError::cancelled};
      const auto taken = woken == Woken::ready ? stream_->take(buffer) : V4l2Stream::Taken{0, EAGAIN};
      if (taken.count > 0) return {taken.count, {}};
      if (const auto error = transport_error(taken.error)) return {0, error};
      if (std::chrono::steady_clock::now() >= deadline) return {0, TransportError::timeout};
    }
  }

 private:
  // A node that does not stream cannot be polled.
  Transferred wait_idle(std::chrono::steady_clock::time_point deadline) {
    if (stream_->alive() != 0) return {0, TransportError::gone};
    if (cancelled_.wait(-1, 0, deadline) == Woken::cancelled) return {0, TransportError::cancelled};
    return {0, stream_->alive() != 0 ? TransportError::gone : TransportError::timeout};
  }

  const TransportInfo info_;
  const base::FileDescriptor file_;
  const std::unique_ptr<V4l2Stream> stream_;  // after the file it uses
  WakeEvent cancelled_;
};

std::unique_ptr<ByteTransport> use(base::FileDescriptor file, TransportInfo info, const FrameWish& wish,
                                   std::optional<base::Failure>& failure) {
  auto stream = V4l2Stream::negotiate(file.get(), wish, failure);
  if (!stream) return nullptr;
  return std::make_unique<V4l2Transport>(std::move(file), std::move(info), std::move(stream));
}

bool is_at(const std::string& where, const UdevNode& node) {
  if (!node.file.starts_with("/dev/video") || !node.captures) return false;
  if (where.empty() || where == node.file) return true;
  std::error_code error;
  return std::filesystem::canonical(where, error) == node.file;
}

}  // namespace

std::unique_ptr<TransportFactory> make_v4l2_transport(std::string where, FrameWish wish) {
  return make_udev_node_transport({"video4linux",
                                   "video:", [where = std::move(where)](const UdevNode& node) { return is_at(where, node); },
                                   [wish](base::FileDescriptor file, TransportInfo info, std::optional<base::Failure>& failure) {
                                     return use(std::move(file), std::move(info), wish, failure);
                                   }});
}

}  // namespace hal
