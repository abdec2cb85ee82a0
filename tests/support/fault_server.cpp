#include "tests/support/fault_server.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sodium.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "offline_cache/digest.h"

namespace test_support {
namespace {

int listen_somewhere(int& port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (fd < 0 || bind(fd, generic, size) != 0 || listen(fd, 16) != 0 || getsockname(fd, generic, &size) != 0) std::abort();
  port = ntohs(address.sin_port);
  return fd;
}

std::string http(int status, std::string_view type, std::string_view body, std::string_view more = "") {
  return fmt::format("HTTP/1.1 {} X\r\nContent-Type: {}\r\nContent-Length: {}\r\n{}\r\n{}", status, type, body.size(), more,
                     body);
}

std::string problem(int status, std::string_view code, std::string_view more = "") {
  return http(status, "application/problem+json",
              fmt::format(R"({{"code":"{}","retryable":false,"status":{},"title":"x","type":"urn:linli:problem:{}"}})", code,
                          status, code),
              more);
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const auto at = text.find(what);
  return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

// Same length: Content-Length stays true.
std::string with_another_digest(std::string answer) {
  char& first = answer[answer.find("sha-256=:") + 9];
  first = first == 'A' ? 'B' : 'A';
  return answer;
}

const std::string kPage = "<html><body>Please log in to the guest network.</body></html>";

}  // namespace

FaultServer::FaultServer() {
  if (sodium_init() < 0) std::abort();
  public_key_.resize(crypto_box_PUBLICKEYBYTES);
  secret_key_.resize(crypto_box_SECRETKEYBYTES);
  crypto_box_keypair(reinterpret_cast<unsigned char*>(public_key_.data()), reinterpret_cast<unsigned char*>(secret_key_.data()));
  listener_ = listen_somewhere(port_);
  stop_ = eventfd(0, EFD_CLOEXEC);
  thread_ = std::thread([this] { run(); });
}

FaultServer::~FaultServer() {
  const std::uint64_t one = 1;
  if (write(stop_, &one, sizeof one) != sizeof one) std::abort();
  thread_.join();
  close(listener_);
  close(stop_);
}

std::string FaultServer::url() const { return fmt::format("http://127.0.0.1:{}", port_); }

std::string FaultServer::office_key() const {
  std::string hex;
  for (const char c : public_key_) hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return hex;
}

void FaultServer::next(Step step) {
  const std::lock_guard lock(mutex_);
  steps_.push_back(std::move(step));
}
void FaultServer::always(Step step) {
  const std::lock_guard lock(mutex_);
  always_ = std::move(step);
}
void FaultServer::for_id(const std::string& id, Step step) {
  const std::lock_guard lock(mutex_);
  for_id_[id] = std::move(step);
}
void FaultServer::health(Step step) {
  const std::lock_guard lock(mutex_);
  health_ = std::move(step);
}
std::vector<SeenRequest> FaultServer::seen() const {
  const std::lock_guard lock(mutex_);
  return seen_;
}
std::size_t FaultServer::puts() const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(std::ranges::count(seen_, "PUT", &SeenRequest::method));
}
std::map<std::string, int> FaultServer::accepted() const {
  const std::lock_guard lock(mutex_);
  std::map<std::string, int> all;
  for (const auto& [id, effect] : effects_) all[id] = effect.times;
  return all;
}
std::vector<std::string> FaultServer::opened() const {
  const std::lock_guard lock(mutex_);
  return opened_;
}
int FaultServer::conflicts() const {
  const std::lock_guard lock(mutex_);
  return conflicts_;
}

bool FaultServer::wait_until(const std::function<bool()>& condition, std::chrono::milliseconds patience) const {
  const auto end = std::chrono::steady_clock::now() + patience;
  std::unique_lock lock(mutex_);
  for (;;) {
    lock.unlock();
    if (condition()) return true;
    lock.lock();
    // What is asked may also change elsewhere; every request wakes, and otherwise this looks again soon.
    if (changed_.wait_until(lock, std::min(end, std::chrono::steady_clock::now() + std::chrono::milliseconds(20))) ==
            std::cv_status::timeout &&
        std::chrono::steady_clock::now() >= end)
      return false;
  }
}

bool FaultServer::wait_readable(int fd, int milliseconds) const {
  pollfd waiting[2] = {{fd, POLLIN, 0}, {stop_, POLLIN, 0}};
  return poll(waiting, 2, milliseconds) > 0 && (waiting[1].revents & POLLIN) == 0;
}

void FaultServer::run() {
  for (int number = 1; wait_readable(listener_, -1); ++number) {
    const int connection = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) continue;
    serve(connection, number);
    close(connection);
  }
}

bool FaultServer::read_request(int connection, std::string& pending, SeenRequest& request) const {
  char buffer[16384];
  const auto more = [&] {
    if (!wait_readable(connection, -1)) return false;
    const ssize_t n = recv(connection, buffer, sizeof buffer, 0);
    if (n > 0) pending.append(buffer, static_cast<std::size_t>(n));
    return n > 0;
  };
  std::size_t end;
  while ((end = pending.find("\r\n\r\n")) == std::string::npos)
    if (!more()) return false;
  request.head = pending.substr(0, end + 2);
  pending.erase(0, end + 4);
  std::size_t length = 0;
  if (const auto at = request.head.find("Content-Length: "); at != std::string::npos)
    length = std::strtoul(request.head.c_str() + at + 16, nullptr, 10);
  while (pending.size() < length)
    if (!more()) return false;
  request.body = pending.substr(0, length);
  pending.erase(0, length);
  const auto space = request.head.find(' ');
  request.method = request.head.substr(0, space);
  request.target = request.head.substr(space + 1, request.head.find(' ', space + 1) - space - 1);
  return true;
}

void FaultServer::serve(int connection, int number) {
  std::string pending;
  for (;;) {
    SeenRequest request;
    request.connection = number;
    if (!read_request(connection, pending, request)) return;
    Answer answer;
    {
      const std::lock_guard lock(mutex_);
      answer = answer_to(request, step_for(request));
      seen_.push_back(std::move(request));
    }
    changed_.notify_all();
    if (!carry_out(connection, answer)) return;
  }
}

bool FaultServer::carry_out(int connection, const Answer& answer) const {
  std::string_view left = answer.bytes;
  while (!left.empty()) {
    const ssize_t n = send(connection, left.data(), answer.drip ? 1 : left.size(), MSG_NOSIGNAL);
    if (n <= 0) return false;
    left.remove_prefix(static_cast<std::size_t>(n));
    if (answer.drip && wait_readable(connection, 300)) return false;  // the client gave up, or the test is over
  }
  if (answer.hang) {
    char byte;
    while (wait_readable(connection, -1) && recv(connection, &byte, 1, 0) > 0) {}
    return false;
  }
  if (answer.reset) {
    const linger now{1, 0};
    setsockopt(connection, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  }
  return !answer.close && !answer.reset;
}

Step FaultServer::step_for(const SeenRequest& request) {
  if (request.method != "PUT") return health_;
  const std::string id = request.target.substr(request.target.rfind('/') + 1);
  if (const auto found = for_id_.find(id); found != for_id_.end()) return found->second;
  if (steps_.empty()) return always_;
  Step step = steps_.front();
  steps_.pop_front();
  return step;
}

// The honest answer, and what it needs: the seal opened, one effect per id.
std::string FaultServer::effect(const SeenRequest& request) {
  const std::string id = request.target.substr(request.target.rfind('/') + 1);
  if (const auto found = effects_.find(id); found != effects_.end()) {
    if (found->second.body != request.body) {
      ++conflicts_;
      return problem(409, "different-body");
    }
    ++found->second.times;
    return http(200, "application/json", found->second.answer);
  }
  const auto json = nlohmann::json::parse(request.body, nullptr, false);
  if (json.is_discarded() || json["header"]["id"] != id) return problem(400, "malformed");
  const std::string text = json["sealed"];
  std::string sealed(text.size(), '\0');
  std::size_t size = 0;
  sodium_base642bin(reinterpret_cast<unsigned char*>(sealed.data()), sealed.size(), text.data(), text.size(), nullptr, &size,
                    nullptr, sodium_base64_VARIANT_ORIGINAL);
  std::string plaintext(size - std::min<std::size_t>(size, crypto_box_SEALBYTES), '\0');
  if (crypto_box_seal_open(reinterpret_cast<unsigned char*>(plaintext.data()),
                           reinterpret_cast<const unsigned char*>(sealed.data()), size,
                           reinterpret_cast<const unsigned char*>(public_key_.data()),
                           reinterpret_cast<const unsigned char*>(secret_key_.data())) != 0)
    return problem(422, "seal-broken");
  opened_.push_back(plaintext);
  const std::string digest = offline_cache::wire_form(offline_cache::sha256(plaintext));
  const std::string answer =
      fmt::format(R"({{"digest":"{}","id":"{}","number":"2026-{:06}","received":"2026-11-23T01:41:02Z","state":"received"}})",
                  digest, id, effects_.size() + 1);
  effects_[id] = {request.body, answer, 1};
  return http(201, "application/json", answer);
}

FaultServer::Answer FaultServer::answer_to(const SeenRequest& request, const Step& step) {
  if (request.method == "PUT" || step.behaviour != Behaviour::honest) return put_answer(request, step);
  return {http(200, "application/json", R"({"status":"ok"})")};
}

FaultServer::Answer FaultServer::put_answer(const SeenRequest& request, const Step& step) {
  const std::string wait = step.retry_after.empty() ? "" : "Retry-After: " + step.retry_after + "\r\n";
  const auto half = [](const std::string& text) { return text.substr(0, text.size() - 20); };
  const std::string other = "00000000-0000-7000-8000-000000000000";
  switch (step.behaviour) {
    case Behaviour::honest:
      return {effect(request)};
    case Behaviour::silent:
      return {.bytes = "", .hang = true};
    case Behaviour::slow:
      return {.bytes = effect(request), .drip = true};
    case Behaviour::reset:
      return {.bytes = half(effect(request)), .reset = true};
    case Behaviour::reset_before:
      return {.bytes = "", .reset = true};
    case Behaviour::truncated_length:
      return {.bytes = half(effect(request)), .close = true};
    case Behaviour::truncated_close: {
      const std::string whole = effect(request);
      return {.bytes = "HTTP/1.1 201 X\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n" +
                       half(whole.substr(whole.find("\r\n\r\n") + 4)),
              .close = true};
    }
    case Behaviour::page:
      return {http(200, "text/html", kPage)};
    case Behaviour::page_as_json:
      return {http(200, "application/json", kPage)};
    case Behaviour::redirect:
      return {http(302, "text/html", kPage, "Location: http://127.0.0.1:9/login\r\n")};
    case Behaviour::other_id: {
      const std::string id = request.target.substr(request.target.rfind('/') + 1);
      return {replaced(effect(request), R"("id":")" + id, R"("id":")" + other)};
    }
    case Behaviour::other_digest:
      return {with_another_digest(effect(request))};
    case Behaviour::no_number:
      return {replaced(effect(request), "\"number\"", "\"nombre\"")};
    case Behaviour::malformed:
      return {problem(400, "malformed")};
    case Behaviour::proxy_bad_request:
      return {http(400, "text/html", kPage)};
    case Behaviour::different_body:
      return {problem(409, "different-body")};
    case Behaviour::too_large:
      return {problem(413, "too-large")};
    case Behaviour::seal_broken:
      return {problem(422, "seal-broken")};
    case Behaviour::unauthorised:
      return {problem(401, "unauthorised")};
    case Behaviour::gone:
      return {problem(404, "unknown-service")};
    case Behaviour::too_many:
      return {problem(429, "busy", wait)};
    case Behaviour::broken:
      return {problem(500, "internal")};
    case Behaviour::busy:
      return {problem(503, "busy", wait)};
    case Behaviour::consume_and_close:
      return {.bytes = effect(request).substr(0, 0), .close = true};
    case Behaviour::huge:
      return {
          .bytes = "HTTP/1.1 200 X\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n" + std::string(10U << 20U, ' '),
          .close = true};
    case Behaviour::many_headers: {
      std::string head = "HTTP/1.1 200 X\r\n";
      while (head.size() < 20U << 20U) head += "X-Filler: " + std::string(1000, 'x') + "\r\n";
      return {.bytes = head, .close = true};
    }
    case Behaviour::deep:
      return {http(200, "application/json", std::string(10'000, '['))};
    case Behaviour::duplicate_keys:
      return {replaced(effect(request), R"("state":"received")", R"("id"   :"received")")};
    case Behaviour::garbage:
      return {.bytes = "\x01\x02\x03\x04 nothing of HTTP\r\n\r\n", .close = true};
  }
  return {};
}

std::string refusing_url() {
  int port = 0;
  close(listen_somewhere(port));
  return fmt::format("http://127.0.0.1:{}", port);
}

}  // namespace test_support
