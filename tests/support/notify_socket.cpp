#include "tests/support/notify_socket.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace test_support {

NotifySocket::NotifySocket(std::filesystem::path path)
    : path_(std::move(path)), socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path_.string().size() >= sizeof address.sun_path) throw std::runtime_error("the path is too long for a socket");
  std::strcpy(address.sun_path, path_.c_str());
  const auto* generic = reinterpret_cast<const sockaddr*>(&address);  // NOLINT: the C interface of sockets
  if (bind(socket_.get(), generic, sizeof address) != 0) throw std::runtime_error("no socket at " + path_.string());
}

std::optional<std::string> NotifySocket::next(std::chrono::milliseconds patience) {
  pollfd waiting{socket_.get(), POLLIN, 0};
  if (poll(&waiting, 1, static_cast<int>(patience.count())) <= 0) return std::nullopt;
  std::array<char, 4096> buffer{};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> attached{};
  iovec bytes{buffer.data(), buffer.size()};
  msghdr message{nullptr, 0, &bytes, 1, attached.data(), attached.size(), 0};
  const auto size = recvmsg(socket_.get(), &message, MSG_CMSG_CLOEXEC);
  if (size < 0) return std::nullopt;
  if (const cmsghdr* head = CMSG_FIRSTHDR(&message); head != nullptr && head->cmsg_type == SCM_RIGHTS) {
    int number = -1;
    std::memcpy(&number, CMSG_DATA(head), sizeof number);
    kept_ = base::FileDescriptor(number);
  }
  return std::string(buffer.data(), static_cast<std::size_t>(size));
}

bool NotifySocket::hears(const std::string& state, std::chrono::milliseconds patience) {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (true) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() < 0) return false;
    const auto told = next(left);
    if (!told) return false;
    if (*told == state) return true;
  }
}

void NotifySocket::forget() {
  while (next(std::chrono::milliseconds{0})) {}
}

}  // namespace test_support
