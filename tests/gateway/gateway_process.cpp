#include "tests/gateway/gateway_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>

#include "base/files.h"
#include "test_places.h"
#include "tests/gateway/temporary_folder.h"

namespace gateway_test {
namespace {

constexpr int kLineWait = 20'000;       // milliseconds
constexpr unsigned kLongestLife = 240;  // seconds: no gateway outlives a test that hangs

constexpr const char* kGateway = LINLI_BINARY_DIR "/bin/linli-gateway";

pid_t start(const std::string& program, std::vector<std::string> arguments, int out, int err) {
  arguments.insert(arguments.begin(), program);
  std::vector<char*> pointers;
  for (auto& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  const pid_t child = fork();
  if (child != 0) return child;
  alarm(kLongestLife);
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  execv(pointers[0], pointers.data());
  _exit(127);
}

int open_for_writing(const std::filesystem::path& file) {
  return open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

int exit_code_of(pid_t process) {
  int status = 0;
  if (waitpid(process, &status, 0) != process) return -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

Finished run_gateway(const std::vector<std::string>& arguments) { return run_program(kGateway, arguments); }

Finished run_program(const std::string& program, const std::vector<std::string>& arguments) {
  const TemporaryFolder folder;
  const int out = open_for_writing(folder.path() / "out");
  const int err = open_for_writing(folder.path() / "err");
  const pid_t process = start(program, arguments, out, err);
  close(out);
  close(err);
  const int exit_code = exit_code_of(process);
  return {exit_code, *base::read_file(folder.path() / "out"), *base::read_file(folder.path() / "err")};
}

GatewayProcess::GatewayProcess(const std::filesystem::path& data, const std::filesystem::path& services,
                               std::vector<std::string> more_arguments) {
  std::array<int, 2> pipe_ends{};
  if (pipe2(pipe_ends.data(), O_CLOEXEC) != 0) std::abort();
  const int log = open_for_writing(data.parent_path() / "gateway.log");
  std::vector<std::string> arguments{"serve",           "--data",   data.string(), "--services",
                                     services.string(), "--listen", "127.0.0.1:0"};
  arguments.insert(arguments.end(), more_arguments.begin(), more_arguments.end());
  process_ = start(kGateway, std::move(arguments), pipe_ends[1], log);
  close(pipe_ends[1]);
  close(log);
  out_ = pipe_ends[0];
  const auto listening = next_event();
  if (listening.is_object() && listening.value("event", "") == "listening") port_ = listening.value("port", std::uint16_t{0});
}

GatewayProcess::~GatewayProcess() {
  if (process_ > 0) {
    kill(process_, SIGKILL);
    wait();
  }
  close(out_);
}

std::string GatewayProcess::url(const std::string& path) const { return fmt::format("http://127.0.0.1:{}{}", port_, path); }

nlohmann::json GatewayProcess::next_event() {
  for (;;) {
    if (const auto end = unread_.find('\n'); end != std::string::npos) {
      const std::string line = unread_.substr(0, end);
      unread_.erase(0, end + 1);
      return nlohmann::json::parse(line, nullptr, false);
    }
    pollfd waiting{out_, POLLIN, 0};
    std::array<char, 4096> bytes{};
    if (poll(&waiting, 1, kLineWait) != 1) return nullptr;
    const ssize_t size = read(out_, bytes.data(), bytes.size());
    if (size <= 0) return nullptr;
    unread_.append(bytes.data(), static_cast<std::size_t>(size));
  }
}

void GatewayProcess::send_signal(int signal) const { kill(process_, signal); }

int GatewayProcess::wait() {
  const int code = exit_code_of(process_);
  process_ = -1;
  return code;
}

}  // namespace gateway_test
