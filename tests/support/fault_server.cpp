#include "tests/support/fault_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace test_support {
namespace {

using nlohmann::json;

std::vector<std::string> command_line(const FaultServerOptions& options) {
  std::vector<std::string> arguments{LINLI_FAULT_SERVER, std::to_string(options.suite)};
  const auto add = [&](const char* name, const std::filesystem::path& file) {
    if (!file.empty()) arguments.insert(arguments.end(), {name, file.string()});
  };
  add("--certificate", options.certificate);
  add("--key", options.key);
  add("--client-ca", options.client_ca);
  add("--devices", options.devices);
  if (options.only_tls_1_0) arguments.emplace_back("--tls1.0");
  return arguments;
}

json step_json(const char* what, const Step& step) {
  return {{"do", what}, {"behaviour", name_of(step.behaviour)}, {"retry_after", step.retry_after}};
}

}  // namespace

FaultServer::FaultServer(const FaultServerOptions& options) : tls_(!options.certificate.empty()) {
  std::array<int, 2> in{}, out{};
  if (pipe2(in.data(), O_CLOEXEC) != 0 || pipe2(out.data(), O_CLOEXEC) != 0) std::abort();
  auto arguments = command_line(options);
  std::vector<char*> pointers;
  for (auto& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  process_ = fork();
  if (process_ == 0) {
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    execv(pointers[0], pointers.data());
    _exit(127);
  }
  close(in[0]);
  close(out[1]);
  to_ = in[1];
  from_ = out[0];
  const auto about = json::parse(ask(R"({"do":"describe"})"));
  port_ = about["port"];
  office_key_ = about["office_key"];
  answer_key_ = about["answer_key"];
}

FaultServer::~FaultServer() {
  close(to_);  // it ends when nobody can command it any more
  close(from_);
  kill(process_, SIGKILL);
  waitpid(process_, nullptr, 0);
}

std::string FaultServer::ask(const std::string& command) const {
  const std::lock_guard lock(mutex_);
  const std::string line = command + "\n";
  std::string_view left = line;
  while (!left.empty()) {
    const ssize_t written = write(to_, left.data(), left.size());
    if (written <= 0) std::abort();  // the server died: nothing after this means anything
    left.remove_prefix(static_cast<std::size_t>(written));
  }
  for (;;) {
    if (const auto end = unread_.find('\n'); end != std::string::npos) {
      std::string answer = unread_.substr(0, end);
      unread_.erase(0, end + 1);
      return answer;
    }
    std::array<char, 65536> bytes{};
    const ssize_t size = read(from_, bytes.data(), bytes.size());
    if (size <= 0) std::abort();
    unread_.append(bytes.data(), static_cast<std::size_t>(size));
  }
}

std::string FaultServer::url() const { return fmt::format("{}://127.0.0.1:{}", tls_ ? "https" : "http", port_); }

void FaultServer::next(Step step) { ask(step_json("next", step).dump()); }
void FaultServer::always(Step step) { ask(step_json("always", step).dump()); }
void FaultServer::health(Step step) { ask(step_json("health", step).dump()); }
void FaultServer::for_id(const std::string& id, Step step) {
  auto command = step_json("for_id", step);
  command["id"] = id;
  ask(command.dump());
}
void FaultServer::mix(const FaultMix& mix) {
  ask(json{{"do", "mix"},
           {"seed", mix.seed},
           {"probability", mix.probability},
           {"faults", mix.faults},
           {"refusals", mix.refusals},
           {"slow", mix.slow}}
          .dump());
}

std::vector<SeenRequest> FaultServer::seen() const {
  std::vector<SeenRequest> all;
  for (const auto& each : json::parse(ask(R"({"do":"seen"})")))
    all.push_back({each["connection"], each["method"], each["target"], each["head"]});
  return all;
}
std::size_t FaultServer::puts() const { return json::parse(ask(R"({"do":"counts"})"))["puts"]; }
std::size_t FaultServer::connections() const { return json::parse(ask(R"({"do":"counts"})"))["connections"]; }
std::size_t FaultServer::application_bytes() const { return json::parse(ask(R"({"do":"counts"})"))["bytes"]; }
int FaultServer::conflicts() const { return json::parse(ask(R"({"do":"counts"})"))["conflicts"]; }
std::map<std::string, int> FaultServer::accepted() const { return json::parse(ask(R"({"do":"accepted"})")); }
std::map<std::string, int> FaultServer::parts() const { return json::parse(ask(R"({"do":"parts"})")); }
std::vector<std::string> FaultServer::opened() const { return json::parse(ask(R"({"do":"opened"})")); }
std::map<std::string, int> FaultServer::tally() const { return json::parse(ask(R"({"do":"tally"})")); }

bool FaultServer::wait_until(const std::function<bool()>& condition, std::chrono::milliseconds patience) const {
  const auto end = std::chrono::steady_clock::now() + patience;
  // What is asked may also change elsewhere; every request wakes, and otherwise this looks again soon.
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= end) return false;
    ask(R"({"do":"wait","milliseconds":20})");
  }
  return true;
}

std::string refusing_url() {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (fd < 0 || bind(fd, generic, size) != 0 || getsockname(fd, generic, &size) != 0) std::abort();
  close(fd);
  return fmt::format("http://127.0.0.1:{}", ntohs(address.sin_port));
}

}  // namespace test_support
