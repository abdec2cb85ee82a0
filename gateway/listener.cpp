#include "gateway/listener.h"

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace gateway {
namespace {

using AddressList = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

struct HostAndPort {
  std::string host, port;
};

std::optional<HostAndPort> split(std::string_view address) {
  const auto colon = address.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view host = address.substr(0, colon);
  if (host.starts_with('[') != host.ends_with(']')) return std::nullopt;
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  const auto digits = address.substr(colon + 1);
  std::uint16_t port = 0;  // getaddrinfo would take 99999 for 34463
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (host.empty() || read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return std::nullopt;
  return HostAndPort{std::string(host), std::string(digits)};
}

AddressList resolve(const HostAndPort& address) {
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  if (getaddrinfo(address.host.c_str(), address.port.c_str(), &hints, &list) != 0) list = nullptr;
  return {list, freeaddrinfo};
}

std::uint16_t port_of(int descriptor) {
  sockaddr_storage storage{};
  socklen_t length = sizeof storage;
  if (getsockname(descriptor, reinterpret_cast<sockaddr*>(&storage), &length) != 0) return 0;
  if (storage.ss_family == AF_INET6) return ntohs(reinterpret_cast<const sockaddr_in6&>(storage).sin6_port);
  return ntohs(reinterpret_cast<const sockaddr_in&>(storage).sin_port);
}

}  // namespace

base::Result<Listener> Listener::open(std::string_view address) {
  const auto parts = split(address);
  const AddressList resolved = parts ? resolve(*parts) : AddressList(nullptr, freeaddrinfo);
  if (!resolved)
    return base::Error{base::Failure::config_invalid,
                       fmt::format("cannot listen on {}: expected 127.0.0.1:8790 or [::1]:8790", address)};
  Listener listener(socket(resolved->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const int yes = 1;
  // A restart must not wait for the last run's connections to leave TIME_WAIT.
  setsockopt(listener.descriptor_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(listener.descriptor_, resolved->ai_addr, resolved->ai_addrlen) != 0 || listen(listener.descriptor_, SOMAXCONN) != 0)
    return base::Error{base::Failure::config_invalid, fmt::format("cannot listen on {}: {}", address, std::strerror(errno))};
  listener.port_ = port_of(listener.descriptor_);
  return listener;
}

Listener::Listener(Listener&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)), port_(other.port_) {}

Listener::~Listener() {
  if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace gateway
