#include "kiosk/app/control/control_server.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

#include "kiosk/app/control/asker.h"
#include "kiosk/app/control/unix_address.h"

namespace kiosk {
namespace {

using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

base::Error unusable(const fs::path& socket, std::string_view why) {
  return {base::Failure::config_invalid, fmt::format("control socket {}: {}", socket.string(), why)};
}

// A file nobody listens behind any more is what a killed kiosk leaves.
bool somebody_listens(const UnixAddress& address) {
  const base::FileDescriptor probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  return connect(probe.get(), address.get(), UnixAddress::size()) == 0;
}

base::Status restrict_to(const fs::path& socket, const std::string& group) {
  if (group.empty()) {
    if (chmod(socket.c_str(), S_IRUSR | S_IWUSR) == 0) return {};
    return unusable(socket, "its mode cannot be set");
  }
  std::array<char, 4096> room{};
  ::group entry{};
  ::group* found = nullptr;
  if (getgrnam_r(group.c_str(), &entry, room.data(), room.size(), &found) != 0 || found == nullptr)
    return unusable(socket, fmt::format("there is no group \"{}\"", group));
  if (chown(socket.c_str(), static_cast<uid_t>(-1), found->gr_gid) != 0 ||
      chmod(socket.c_str(), S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP) != 0)
    return unusable(socket, fmt::format("it cannot be given to the group \"{}\"", group));
  return {};
}

base::Result<base::FileDescriptor> listen_at(const fs::path& socket, const std::string& group) {
  const auto address = UnixAddress::of(socket);
  if (!address) return unusable(socket, "the path is longer than 107 bytes");
  if (somebody_listens(*address)) return unusable(socket, "another kiosk listens there");
  std::error_code error;
  if (fs::is_socket(fs::symlink_status(socket, error))) fs::remove(socket, error);
  base::FileDescriptor listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  // A new socket's file is writable for its owner alone at the usual umask; nothing is accepted before listen().
  if (bind(listener.get(), address->get(), UnixAddress::size()) != 0)
    return unusable(socket, std::error_code(errno, std::generic_category()).message());
  if (auto restricted = restrict_to(socket, group); !restricted) return fs::remove(socket, error), restricted.error();
  if (listen(listener.get(), ControlServer::kMostAskers) != 0) return fs::remove(socket, error), unusable(socket, "listen");
  return listener;
}

// A connection as the server's thread sees it.
struct Connection {
  std::shared_ptr<ControlCall::Asker> asker;
  std::string received;
  bool asked = false;
  Clock::time_point due;  // of the request, then of the answer
};

class Server final : public ControlServer {
 public:
  Server(base::FileDescriptor listener, fs::path socket, Deliver deliver)
      : listener_(std::move(listener)),
        socket_(std::move(socket)),
        deliver_(std::move(deliver)),
        end_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
        thread_([this] { serve(); }) {}

  ~Server() override {
    ending_ = true;
    eventfd_write(end_.get(), 1);
    thread_.join();
    for (const auto& connection : connections_) connection.asker->let_go();
    std::error_code ignored;
    fs::remove(socket_, ignored);
  }

 private:
  void serve() {
    while (!ending_) {
      wait();
      const auto now = Clock::now();
      for (auto& connection : connections_) look_at(connection, now);
      std::erase_if(connections_, [](const Connection& each) { return each.asker->gone(); });
      accept_one(now);
    }
  }

  void wait() {
    std::vector<pollfd> waits{{end_.get(), POLLIN, 0}};
    if (connections_.size() < kMostAskers) waits.push_back({listener_.get(), POLLIN, 0});
    auto due = Clock::time_point::max();
    for (const auto& each : connections_) {
      waits.push_back({each.asker->socket(), POLLIN, 0});
      if (!each.asker->heard()) due = std::min(due, each.due);
    }
    int patience = -1;
    if (due != Clock::time_point::max()) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(due - Clock::now());
      patience = static_cast<int>(std::max<std::int64_t>(left.count(), 0));
    }
    poll(waits.data(), waits.size(), patience);
  }

  void accept_one(Clock::time_point now) {
    if (connections_.size() >= kMostAskers) return;
    base::FileDescriptor accepted(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!accepted.valid()) return;
    const int room = static_cast<int>(kLongestAnswerLine) * 4;
    setsockopt(accepted.get(), SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
    connections_.push_back({std::make_shared<ControlCall::Asker>(std::move(accepted)), {}, false, now + kRequestPatience});
  }

  // Takes what came. An asker who closes is let go, which ends what it watches.
  void look_at(Connection& connection, Clock::time_point now) {
    std::array<char, kLongestRequest> bytes{};
    while (!connection.asker->gone()) {
      const auto count = recv(connection.asker->socket(), bytes.data(), bytes.size(), 0);
      if (count < 0 && (errno == EAGAIN || errno == EINTR)) break;
      if (count <= 0) return connection.asker->let_go();
      if (!connection.asked) take(connection, {bytes.data(), static_cast<std::size_t>(count)}, now);
    }
    if (now >= connection.due && !connection.asker->heard())
      refuse(connection, connection.asked ? "the kiosk did not answer in time" : "the request did not come in time");
  }

  void take(Connection& connection, std::string_view bytes, Clock::time_point now) {
    connection.received += bytes;
    const auto end = connection.received.find('\n');
    if (std::min(end, connection.received.size()) >= kLongestRequest)
      return refuse(connection, "the request is longer than 4096 bytes");
    if (end == std::string::npos) return;
    connection.asked = true;
    auto request = nlohmann::json::parse(connection.received.substr(0, end), nullptr, false);
    if (!request.is_object()) return refuse(connection, R"(a request is one line of JSON: {"request":"devices"})");
    connection.due = now + kAnswerPatience;
    deliver_(ControlCall(connection.asker, std::move(request)));
  }

  static void refuse(const Connection& connection, const char* why) {
    ControlCall(connection.asker, nlohmann::json::object()).refuse(why);
  }

  const base::FileDescriptor listener_;
  const fs::path socket_;
  const Deliver deliver_;
  const base::FileDescriptor end_;
  std::atomic<bool> ending_ = false;
  std::vector<Connection> connections_;  // of the thread, until it has ended
  std::thread thread_;                   // last: it uses everything above
};

}  // namespace

base::Result<std::unique_ptr<ControlServer>> ControlServer::open(const fs::path& socket, const std::string& group,
                                                                 Deliver deliver) {
  auto listener = listen_at(socket, group);
  if (!listener) return listener.error();
  return std::unique_ptr<ControlServer>(std::make_unique<Server>(*std::move(listener), socket, std::move(deliver)));
}

}  // namespace kiosk
