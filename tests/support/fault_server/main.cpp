// fault_server SUITE [--certificate PEM --key PEM] [--client-ca PEM] [--tls1.0] [--devices FOLDER]
// Commands on standard input and answers on standard output, one JSON text per line; ends with its input. Its only user is
// tests/support/fault_server.h.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sodium.h>
#include <sys/socket.h>

#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/support/fault_server/platform.h"
#include "tests/support/fault_server/wire.h"

namespace {

using namespace test_support;
using nlohmann::json;

constexpr std::size_t kMostSeen = 10'000;
constexpr int kDripEvery = 300;  // milliseconds

class Server {
 public:
  Server(int suite, const std::string& devices, const TlsFiles& tls) : platform_(suite, devices), tls_(make_tls_context(tls)) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (listener_ < 0 || bind(listener_, generic, size) != 0 || listen(listener_, 128) != 0 ||
        getsockname(listener_, generic, &size) != 0)
      std::abort();
    port_ = ntohs(address.sin_port);
  }

  void accept_for_ever() {
    for (int number = 1;; ++number) {
      const int connection = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (connection < 0) continue;
      const int at_once = 1;
      setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
      std::thread([this, connection, number] { serve(connection, number); }).detach();
    }
  }

  json command(const json& line);

 private:
  void serve(int connection, int number) {
    Wire wire(connection, tls_.get());
    {
      const std::lock_guard lock(mutex_);
      ++connections_;
    }
    if (!wire.handshake()) return wire.part();
    std::string pending;
    for (;;) {
      Arrived request;
      request.connection = number;
      if (!read_request(wire, pending, request)) return;
      Reply reply;
      {
        const std::lock_guard lock(mutex_);
        reply = platform_.reply_to(request);
        puts_ += request.method == "PUT" ? 1U : 0U;
        ++requests_;
        if (seen_.size() < kMostSeen) seen_.push_back(std::move(request));
      }
      arrived_.notify_all();
      if (!carry_out(wire, reply)) return;
    }
  }

  bool read_request(Wire& wire, std::string& pending, Arrived& request) {
    const auto more = [&] {
      const std::size_t before = pending.size();
      if (!wire.receive(pending)) return false;
      const std::lock_guard lock(mutex_);
      bytes_ += pending.size() - before;
      return true;
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

  // False when the connection is over.
  static bool carry_out(Wire& wire, const Reply& reply) {
    std::string_view left = reply.bytes;
    if (!reply.drip && !wire.send(left)) return false;
    for (; reply.drip && !left.empty(); left.remove_prefix(1))
      if (!wire.send(left.substr(0, 1)) || wire.gone_within(kDripEvery)) return false;
    if (reply.hang) {
      std::string ignored;
      while (wire.receive(ignored)) ignored.clear();
      return false;
    }
    if (reply.reset) wire.reset();
    return !reply.close && !reply.reset;
  }

  json seen() const {
    json all = json::array();
    for (const auto& request : seen_)
      all.push_back(
          {{"connection", request.connection}, {"method", request.method}, {"target", request.target}, {"head", request.head}});
    return all;
  }

  Platform platform_;
  TlsContext tls_;
  int listener_ = -1, port_ = 0;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<Arrived> seen_;
  std::size_t puts_ = 0, requests_ = 0, connections_ = 0, bytes_ = 0;
};

Step step_of(const json& line) { return {behaviour_of(line.at("behaviour").get<std::string>()), line.at("retry_after")}; }

json Server::command(const json& line) {
  std::unique_lock lock(mutex_);
  const std::string what = line.at("do");
  if (what == "describe")
    return {{"port", port_}, {"office_key", platform_.office_key()}, {"answer_key", platform_.answer_key()}};
  if (what == "next") platform_.steps.push_back(step_of(line));
  if (what == "always") platform_.always = step_of(line);
  if (what == "health") platform_.health = step_of(line);
  if (what == "for_id") platform_.for_id[line.at("id").get<std::string>()] = step_of(line);
  if (what == "mix")
    platform_.mix = Mix{line.at("seed"), line.at("probability"), line.at("faults"), line.at("refusals"), line.at("slow")};
  if (what == "seen") return seen();
  if (what == "counts")
    return {{"puts", puts_}, {"connections", connections_}, {"bytes", bytes_}, {"conflicts", platform_.conflicts}};
  if (what == "accepted") return platform_.accepted();
  if (what == "parts") return platform_.parts();
  if (what == "opened") return platform_.opened;
  if (what == "tally") return platform_.tally;
  if (what == "wait")
    arrived_.wait_for(lock, std::chrono::milliseconds(line.at("milliseconds").get<int>()),
                      [this, before = requests_] { return requests_ != before; });
  return json::object();
}

}  // namespace

int main(int count, char** arguments) {
  std::signal(SIGPIPE, SIG_IGN);
  if (sodium_init() < 0 || count < 2) return 2;
  TlsFiles tls;
  std::string devices;
  for (int i = 2; i < count; ++i) {
    const std::string name = arguments[i];
    if (name == "--tls1.0") tls.only_1_0 = true;
    if (i + 1 >= count) continue;
    if (name == "--certificate") tls.certificate = arguments[i + 1];
    if (name == "--key") tls.key = arguments[i + 1];
    if (name == "--client-ca") tls.client_ca = arguments[i + 1];
    if (name == "--devices") devices = arguments[i + 1];
  }
  Server server(std::atoi(arguments[1]), devices, tls);
  std::thread([&server] { server.accept_for_ever(); }).detach();
  for (std::string line; std::getline(std::cin, line);) std::cout << server.command(json::parse(line)).dump() << std::endl;
  std::_Exit(0);  // connections may still hang: that is what they are for
}
