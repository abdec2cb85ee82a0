#include "tests/gateway/http_client.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cctype>
#include <memory>

namespace gateway_test {
namespace {

constexpr long kAnswerWait = 20'000;  // milliseconds

std::size_t take_body(const char* bytes, std::size_t, std::size_t size, void* received) {
  static_cast<Received*>(received)->body.append(bytes, size);
  return size;
}

std::size_t take_header(const char* bytes, std::size_t, std::size_t size, void* received) {
  const std::string_view line(bytes, size);
  const auto colon = line.find(": ");
  if (colon != std::string_view::npos) {
    std::string name(line.substr(0, colon));
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    static_cast<Received*>(received)->headers[name] = line.substr(colon + 2, line.find_last_not_of("\r\n") - colon - 1);
  }
  return size;
}

// One request on its way.
class Transfer {
 public:
  explicit Transfer(const Sent& sent) : sent_(sent), easy_(curl_easy_init()) {
    for (const auto& header : sent_.headers) headers_ = curl_slist_append(headers_, header.c_str());
    curl_easy_setopt(easy_, CURLOPT_URL, sent_.url.c_str());
    curl_easy_setopt(easy_, CURLOPT_CUSTOMREQUEST, sent_.method.c_str());
    curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, headers_);
    curl_easy_setopt(easy_, CURLOPT_TIMEOUT_MS, kAnswerWait);
    curl_easy_setopt(easy_, CURLOPT_NOBODY, sent_.method == "HEAD" ? 1L : 0L);
    if (sent_.method == "PUT" || !sent_.body.empty()) {
      curl_easy_setopt(easy_, CURLOPT_POSTFIELDSIZE, static_cast<long>(sent_.body.size()));
      curl_easy_setopt(easy_, CURLOPT_POSTFIELDS, sent_.body.c_str());
    }
    curl_easy_setopt(easy_, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy_, CURLOPT_WRITEDATA, &received_);
    curl_easy_setopt(easy_, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(easy_, CURLOPT_HEADERDATA, &received_);
  }
  ~Transfer() {
    curl_easy_cleanup(easy_);
    curl_slist_free_all(headers_);
  }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  CURL* handle() const { return easy_; }
  Received take() {
    curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &received_.status);
    return std::move(received_);
  }

 private:
  const Sent& sent_;
  CURL* easy_;
  curl_slist* headers_ = nullptr;
  Received received_;
};

}  // namespace

Received request(const Sent& sent) {
  Transfer transfer(sent);
  curl_easy_perform(transfer.handle());
  return transfer.take();
}

std::vector<Received> request_together(const std::vector<Sent>& sent) {
  CURLM* multi = curl_multi_init();
  std::vector<std::unique_ptr<Transfer>> transfers;
  for (const auto& one : sent) {
    transfers.push_back(std::make_unique<Transfer>(one));
    curl_multi_add_handle(multi, transfers.back()->handle());
  }
  for (int running = 1; running > 0;) {
    curl_multi_perform(multi, &running);
    if (running > 0) curl_multi_poll(multi, nullptr, 0, 1000, nullptr);
  }
  std::vector<Received> received;
  for (const auto& transfer : transfers) {
    received.push_back(transfer->take());
    curl_multi_remove_handle(multi, transfer->handle());
  }
  transfers.clear();
  curl_multi_cleanup(multi);
  return received;
}

BareConnection::BareConnection(std::uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) hang_up();
}

BareConnection::~BareConnection() { hang_up(); }

bool BareConnection::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void BareConnection::end_sending() const { shutdown(socket_, SHUT_WR); }

void BareConnection::hang_up() {
  if (socket_ >= 0) close(socket_);
  socket_ = -1;
}

std::string BareConnection::receive_some() const {
  pollfd waiting{socket_, POLLIN, 0};
  std::array<char, 4096> bytes{};
  if (poll(&waiting, 1, kAnswerWait) != 1) return "";
  const ssize_t size = recv(socket_, bytes.data(), bytes.size(), 0);
  return size <= 0 ? std::string() : std::string(bytes.data(), static_cast<std::size_t>(size));
}

std::string BareConnection::receive_to_end() const {
  std::string all;
  for (;;) {
    const std::string some = receive_some();
    if (some.empty()) return all;
    all += some;
  }
}

}  // namespace gateway_test
