#include "hal/simulated/offered_model.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <future>
#include <mutex>
#include <thread>

#include "base/file_descriptor.h"
#include "hal/simulated/model_session.h"
#include "hal/simulated/simulated_transport.h"
#include "hal/transport/deadline.h"

namespace hal {
namespace {

namespace fs = std::filesystem;

base::Error unusable(std::string what) { return {base::Failure::device_port_invalid, std::move(what)}; }

// Waits for the model, session after session, on a thread of its own. A derived class must call start() when it is complete
// and finish() when it goes.
class Offer : public OfferedModel {
 public:
  explicit Offer(std::shared_ptr<DeviceModel> model) : cables_(make_simulated_transport(std::move(model))) {}

 protected:
  void start() {
    thread_ = std::thread([this] { run(); });
    looked_.get_future().wait();
  }
  void finish() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
      if (session_ != nullptr) session_->end();
    }
    cables_->cancel();
    if (thread_.joinable()) thread_.join();
  }
  // The place is there, or cannot be.
  void looked() {
    if (!has_looked_.exchange(true)) looked_.set_value();
  }

 private:
  // Until the session is over.
  virtual void serve(ModelSession& session) = 0;

  void run() {
    while (!ending_) {
      auto cable = cables_->open();
      if (!cable) {
        looked();
        cables_->wait_for_device(kLongestPatience);
        continue;
      }
      ModelSession session(std::move(cable));
      if (!begin(&session)) break;
      serve(session);
      begin(nullptr);
    }
  }
  bool begin(ModelSession* session) {
    const std::lock_guard lock(mutex_);
    session_ = session;
    return !ending_;
  }

  const std::unique_ptr<TransportFactory> cables_;
  std::mutex mutex_;
  std::atomic<bool> ending_ = false;
  ModelSession* session_ = nullptr;  // guarded by mutex_
  std::promise<void> looked_;
  std::atomic<bool> has_looked_ = false;
  std::thread thread_;
};

// Both ends, so that the host may come and go without hanging up the line.
struct Terminal {
  base::FileDescriptor device, host;
  std::string path;

  static std::optional<Terminal> open() {
    Terminal made{base::FileDescriptor(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)), {}, {}};
    std::array<char, 64> name{};
    if (grantpt(made.device.get()) != 0 || unlockpt(made.device.get()) != 0 ||
        ptsname_r(made.device.get(), name.data(), name.size()) != 0)
      return std::nullopt;
    made.path = name.data();
    made.host = base::FileDescriptor(::open(name.data(), O_RDWR | O_NOCTTY | O_CLOEXEC));
    termios line{};
    if (tcgetattr(made.host.get(), &line) != 0) return std::nullopt;
    cfmakeraw(&line);
    if (tcsetattr(made.host.get(), TCSANOW, &line) != 0) return std::nullopt;
    return made;
  }
};

class TerminalOffer final : public Offer {
 public:
  TerminalOffer(std::shared_ptr<DeviceModel> model, fs::path link) : Offer(std::move(model)), link_(std::move(link)) { start(); }
  ~TerminalOffer() override { finish(); }

  std::string where() const override {
    const std::lock_guard lock(mutex_);
    return "serial:" + (link_.empty() ? path_ : link_.string());
  }
  bool failed() const { return failed_; }

 private:
  void serve(ModelSession& session) override {
    const auto terminal = Terminal::open();
    failed_ = !terminal || !announce(terminal->path);
    looked();
    if (failed_) {
      session.over().wait(-1, 0, deadline_after(kLongestPatience));
      return;
    }
    session.connect(terminal->device.get());
    std::array<std::uint8_t, 4096> bytes{};
    while (session.over().wait(terminal->device.get(), POLLIN, deadline_after(kLongestPatience)) != Woken::cancelled) {
      const auto count = read(terminal->device.get(), bytes.data(), bytes.size());
      if (count > 0 && !session.tell(std::span(bytes).first(static_cast<std::size_t>(count)))) break;
    }
    session.disconnect();
    std::error_code ignored;
    if (!link_.empty()) fs::remove(link_, ignored);
  }

  bool announce(const std::string& path) {
    const std::lock_guard lock(mutex_);
    path_ = path;
    if (link_.empty()) return true;
    std::error_code error;
    if (fs::is_symlink(fs::symlink_status(link_, error))) fs::remove(link_, error);
    fs::create_symlink(path, link_, error);
    return !error;
  }

  const fs::path link_;
  mutable std::mutex mutex_;
  std::string path_;  // guarded by mutex_
  std::atomic<bool> failed_ = false;
};

sockaddr* generic(sockaddr_in& address) { return reinterpret_cast<sockaddr*>(&address); }  // NOLINT: the C interface of sockets

base::FileDescriptor listen_at(sockaddr_in address) {
  base::FileDescriptor listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const int on = 1;
  setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(listener.get(), generic(address), sizeof address) != 0 || listen(listener.get(), 4) != 0) listener.reset();
  return listener;
}

class TcpOffer final : public Offer {
 public:
  TcpOffer(std::shared_ptr<DeviceModel> model, std::string host, sockaddr_in address, base::FileDescriptor listener)
      : Offer(std::move(model)), host_(std::move(host)), address_(address), listener_(std::move(listener)) {
    start();
  }
  ~TcpOffer() override { finish(); }

  std::string where() const override { return fmt::format("tcp:{}:{}", host_, ntohs(address_.sin_port)); }

 private:
  void serve(ModelSession& session) override {
    if (!listener_.valid()) listener_ = listen_at(address_);
    looked();
    while (poll_once(session)) continue;
    hang_up(session);
    listener_.reset();
  }

  // False when the session is over.
  bool poll_once(ModelSession& session) {
    const bool takes_next = !connection_.valid() || half_closed_;
    std::array waits{pollfd{session.over().get(), POLLIN, 0}, pollfd{takes_next ? listener_.get() : -1, POLLIN, 0},
                     pollfd{half_closed_ ? -1 : connection_.get(), POLLIN, 0}};
    if (poll(waits.data(), waits.size(), -1) < 0) return errno == EINTR;
    if (waits[0].revents != 0) return false;
    if (waits[2].revents != 0) return hear(session);
    if (waits[1].revents != 0) accept_next(session);
    return true;
  }

  void accept_next(ModelSession& session) {
    base::FileDescriptor next(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!next.valid()) return;
    hang_up(session);
    const int on = 1;
    setsockopt(next.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    connection_ = std::move(next);
    session.connect(connection_.get());
  }

  bool hear(ModelSession& session) {
    std::array<std::uint8_t, 4096> bytes{};
    const auto count = recv(connection_.get(), bytes.data(), bytes.size(), 0);
    if (count > 0) return session.tell(std::span(bytes).first(static_cast<std::size_t>(count)));
    if (count == 0) half_closed_ = true;
    if (count < 0 && errno != EAGAIN && errno != EINTR) hang_up(session);
    return true;
  }

  void hang_up(ModelSession& session) {
    session.disconnect();
    connection_.reset();
    half_closed_ = false;
  }

  const std::string host_;
  const sockaddr_in address_;
  base::FileDescriptor listener_;    // of the thread from start() on
  base::FileDescriptor connection_;  //
  bool half_closed_ = false;
};

}  // namespace

base::Result<std::unique_ptr<OfferedModel>> offer_on_terminal(std::shared_ptr<DeviceModel> model, fs::path link) {
  const std::string place = link.empty() ? "a pseudo-terminal" : link.string();
  auto offer = std::make_unique<TerminalOffer>(std::move(model), std::move(link));
  if (offer->failed()) return unusable(place + " cannot be made");
  return std::unique_ptr<OfferedModel>(std::move(offer));
}

base::Result<std::unique_ptr<OfferedModel>> offer_on_tcp(std::shared_ptr<DeviceModel> model, const std::string& host,
                                                         std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  if (inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1) return unusable(host + " is no IPv4 address");
  auto listener = listen_at(address);
  socklen_t size = sizeof address;
  if (!listener.valid() || getsockname(listener.get(), generic(address), &size) != 0)
    return unusable(fmt::format("port {} of {} cannot be listened at: {}", port, host, std::generic_category().message(errno)));
  return std::unique_ptr<OfferedModel>(std::make_unique<TcpOffer>(std::move(model), host, address, std::move(listener)));
}

}  // namespace hal
