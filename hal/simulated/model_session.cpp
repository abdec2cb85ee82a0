#include "hal/simulated/model_session.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "hal/transport/deadline.h"

namespace hal {

ModelSession::ModelSession(std::unique_ptr<ByteTransport> model) : model_(std::move(model)), thread_([this] { speak(); }) {}

ModelSession::~ModelSession() {
  end();
  over_.set();  // also for a host that does not read
  thread_.join();
}

void ModelSession::connect(int host) {
  const std::lock_guard lock(mutex_);
  host_ = host;
}

void ModelSession::disconnect() { connect(-1); }

bool ModelSession::tell(std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const Transferred told = model_->write(bytes, kLongestPatience);
    if (told.error && told.error != TransportError::timeout) return false;
    bytes = bytes.subspan(told.count);
  }
  return true;
}

void ModelSession::speak() {
  std::array<std::uint8_t, 4096> said{};
  while (true) {
    const Transferred heard = model_->read(said, kLongestPatience);
    if (heard.error && heard.error != TransportError::timeout) break;
    give(std::span(said).first(heard.count));
  }
  over_.set();
}

void ModelSession::give(std::span<const std::uint8_t> bytes) {
  const std::lock_guard lock(mutex_);
  while (host_ >= 0 && !bytes.empty()) {
    // A closed socket must not end the process; a terminal knows no send().
    auto count = send(host_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count < 0 && errno == ENOTSOCK) count = write(host_, bytes.data(), bytes.size());
    if (count > 0)
      bytes = bytes.subspan(static_cast<std::size_t>(count));
    else if (count < 0 && errno != EAGAIN && errno != EINTR)
      return;
    else if (over_.wait(host_, POLLOUT, deadline_after(kLongestPatience)) != Woken::ready)
      return;
  }
}

}  // namespace hal
