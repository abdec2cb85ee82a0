#include "hal/simulated/vpcd_link.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "hal/simulated/simulated_transport.h"

namespace hal {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLook{20};    // the longest that a pulled card, or the end, goes unnoticed
constexpr milliseconds kPause{100};  // before connecting again to a reader that does not listen

class Socket {
 public:
  explicit Socket(std::uint16_t port) : handle_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = handle_ >= 0 && connect(handle_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    const int on = 1;
    if (connected_) setsockopt(handle_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  ~Socket() {
    if (handle_ >= 0) close(handle_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  bool connected() const { return connected_; }
  int handle() const { return handle_; }

 private:
  int handle_;
  bool connected_ = false;
};

}  // namespace

VpcdLink::VpcdLink(std::shared_ptr<SmartCardModel> card, std::uint16_t port)
    : cables_(make_simulated_transport(std::move(card))), port_(port), thread_([this] { run(); }) {}

VpcdLink::~VpcdLink() {
  ending_ = true;
  cables_->cancel();
  thread_.join();
}

void VpcdLink::run() {
  while (!ending_) {
    const auto card = cables_->open();
    if (!card) {
      cables_->wait_for_device(kPause);
      continue;
    }
    const Socket socket(port_);
    if (socket.connected())
      carry(*card, socket.handle());
    else
      poll(nullptr, 0, static_cast<int>(kPause.count()));
  }
}

// Bytes to and fro until the card is pulled or the reader closes. Here the reader's bytes are waited for; a card answers only
// when it was asked.
void VpcdLink::carry(ByteTransport& card, int socket) {
  while (!ending_) {
    pollfd reader{socket, POLLIN, 0};
    const int ready = poll(&reader, 1, static_cast<int>(kLook.count()));
    if (ready < 0 && errno != EINTR) return;
    if (ready > 0 && !to_card(card, socket)) return;
    if (!to_reader(card, socket)) return;
  }
}

bool VpcdLink::to_card(ByteTransport& card, int socket) {
  std::array<std::uint8_t, 512> bytes{};
  const auto count = recv(socket, bytes.data(), bytes.size(), 0);
  return count > 0 && card.write(std::span(bytes).first(static_cast<std::size_t>(count)), kPause).ok();
}

bool VpcdLink::to_reader(ByteTransport& card, int socket) {
  std::array<std::uint8_t, 512> bytes{};
  while (true) {
    const Transferred answer = card.read(bytes, milliseconds{0});
    if (answer.error) return answer.error == TransportError::timeout;
    std::span<const std::uint8_t> rest = std::span(bytes).first(answer.count);
    while (!rest.empty()) {
      const auto sent = send(socket, rest.data(), rest.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      rest = rest.subspan(static_cast<std::size_t>(sent));
    }
  }
}

}  // namespace hal
