#include "hal/transport/tcp/tcp_transport.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <utility>

#include "base/log.h"
#include "base/secret.h"
#include "hal/transport/deadline.h"
#include "hal/transport/file/pollable_file.h"
#include "hal/transport/tcp/host_lookup.h"

namespace hal {
namespace {

using std::chrono::milliseconds;
using TimePoint = std::chrono::steady_clock::time_point;

constexpr milliseconds kConnectLimit{900};
constexpr milliseconds kDrainLimit{300};  // for the other end to close as well
constexpr int kKeepaliveIdle = 10;        // seconds of silence before the other end is asked
constexpr int kKeepaliveInterval = 5;     // seconds between two questions
constexpr int kKeepaliveCount = 3;        // questions without an answer, then it is gone

class TcpTransport final : public ByteTransport {
 public:
  TcpTransport(base::FileDescriptor socket, TransportInfo info) : info_(std::move(info)), socket_(std::move(socket)) {}

  // What arrives unread would turn the end of the connection into an abort.
  ~TcpTransport() override {
    shutdown(socket_.get(), SHUT_WR);
    const auto deadline = deadline_after(kDrainLimit);
    std::array<std::uint8_t, 512> unread{};
    const WakeEvent nobody;
    while (nobody.wait(socket_.get(), POLLIN, deadline) == Woken::ready) {
      if (recv(socket_.get(), unread.data(), unread.size(), 0) <= 0) break;
      if (std::chrono::steady_clock::now() >= deadline) break;
    }
    base::wipe(unread.data(), unread.size());
  }

  const TransportInfo& info() const override { return info_; }
  Transferred write(std::span<const std::uint8_t> bytes, milliseconds patience) override {
    return socket_.write(bytes, patience);
  }
  Transferred read(std::span<std::uint8_t> buffer, milliseconds patience) override { return socket_.read(buffer, patience); }
  void cancel() override { socket_.cancel(); }

 private:
  const TransportInfo info_;
  PollableFile socket_;
};

void set_option(int socket, int level, int name, int value) { setsockopt(socket, level, name, &value, sizeof value); }

void set_up(int socket) {
  set_option(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
  set_option(socket, IPPROTO_TCP, TCP_KEEPIDLE, kKeepaliveIdle);
  set_option(socket, IPPROTO_TCP, TCP_KEEPINTVL, kKeepaliveInterval);
  set_option(socket, IPPROTO_TCP, TCP_KEEPCNT, kKeepaliveCount);
  set_option(socket, IPPROTO_TCP, TCP_NODELAY, 1);  // questions are short and waited for
}

class TcpTransportFactory final : public TransportFactory {
 public:
  explicit TcpTransportFactory(PortAddress address)
      : port_(to_string(address)), lookup_(std::move(address.where), address.tcp_port) {}

  std::unique_ptr<ByteTransport> open() override {
    const auto deadline = deadline_after(kConnectLimit);
    const auto answer = lookup_.look_up(deadline, cancelled_);
    note(answer.outcome == HostLookup::Outcome::unknown_host);
    for (const SocketAddress& address : answer.addresses) {
      auto socket = connected(address, deadline);
      if (socket.valid()) return std::make_unique<TcpTransport>(std::move(socket), TransportInfo{port_, 0, 0, {}, {}});
    }
    return nullptr;
  }

  std::optional<base::Failure> trouble() const override { return trouble_; }

  // A network says nothing when a printer is switched on.
  void wait_for_device(milliseconds patience) override { cancelled_.wait(-1, 0, deadline_after(patience)); }
  void cancel() override { cancelled_.set(); }

 private:
  base::FileDescriptor connected(const SocketAddress& to, TimePoint deadline) const {
    base::FileDescriptor socket(::socket(to.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket.valid()) return {};
    set_up(socket.get());
    const auto* const raw = reinterpret_cast<const struct sockaddr*>(&to.address);
    if (connect(socket.get(), raw, to.size) == 0) return socket;
    if (errno != EINPROGRESS || cancelled_.wait(socket.get(), POLLOUT, deadline) != Woken::ready) return {};
    int error = 0;
    socklen_t size = sizeof error;
    if (getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0) return {};
    return socket;
  }

  void note(bool unknown_host) {
    const auto before = std::exchange(trouble_, unknown_host ? std::optional(base::Failure::device_port_invalid) : std::nullopt);
    if (unknown_host && !before)
      base::log::warning("{}: {}: no such host", base::entry(base::Failure::device_port_invalid).code, port_);
  }

  const std::string port_;
  HostLookup lookup_;
  std::optional<base::Failure> trouble_;
  WakeEvent cancelled_;
};

}  // namespace

std::unique_ptr<TransportFactory> make_tcp_transport(PortAddress address) {
  return std::make_unique<TcpTransportFactory>(std::move(address));
}

}  // namespace hal
