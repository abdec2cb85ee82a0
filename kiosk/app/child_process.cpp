#include "kiosk/app/child_process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace kiosk {
namespace {

struct Started {
  pid_t pid = -1;
  int output = -1;
};

[[noreturn]] void become(const std::vector<char*>& arguments, int output) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  dup2(output, STDOUT_FILENO);
  execv(arguments.front(), arguments.data());
  _exit(127);
}

base::Result<Started> spawn(std::vector<std::string> command) {
  std::array<int, 2> pipe_ends{};
  if (pipe2(pipe_ends.data(), O_CLOEXEC) != 0)
    return base::Error{base::Failure::machine_exhausted, "no pipe for a child process"};
  std::vector<char*> arguments;
  for (auto& word : command) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const pid_t pid = fork();
  if (pid == 0) become(arguments, pipe_ends[1]);
  close(pipe_ends[1]);
  if (pid < 0) {
    close(pipe_ends[0]);
    return base::Error{base::Failure::machine_exhausted, "no child process can be started"};
  }
  return Started{pid, pipe_ends[0]};
}

// Gives every line of `output` to `on_line` until its end.
void read_lines(int output, const ChildProcess::OnLine& on_line) {
  std::string line;
  std::array<char, 4096> buffer{};
  while (true) {
    const ssize_t count = read(output, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    for (const char c : std::string_view(buffer.data(), static_cast<std::size_t>(count))) {
      if (c != '\n')
        line.push_back(c);
      else
        on_line(std::exchange(line, {}));
    }
  }
  if (!line.empty()) on_line(std::move(line));
  close(output);
}

int exit_status(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

}  // namespace

base::Result<std::unique_ptr<ChildProcess>> ChildProcess::start(std::vector<std::string> command, OnLine on_line) {
  auto started = spawn(std::move(command));
  if (!started) return started.error();
  try {
    return std::unique_ptr<ChildProcess>(new ChildProcess(started->pid, started->output, std::move(on_line)));
  } catch (const std::system_error&) {
    kill(started->pid, SIGKILL);
    close(started->output);
    exit_status(started->pid);
    return base::Error{base::Failure::machine_exhausted, "no thread for what a child process says"};
  }
}

ChildProcess::ChildProcess(pid_t pid, int output, OnLine on_line)
    : pid_(pid), reader_([this, output, deliver = std::move(on_line)] {
        read_lines(output, deliver);
        ended_.release();
      }) {}

// The reader ends when the child closes its output, which is when it ends.
ChildProcess::~ChildProcess() {
  kill(pid_, SIGTERM);
  if (!ended_.try_acquire_for(kPatience)) kill(pid_, SIGKILL);
  reader_.join();
  exit_status(pid_);
}

base::Result<std::string> ChildProcess::output_of(std::vector<std::string> command) {
  const std::string program = command.front();
  auto started = spawn(std::move(command));
  if (!started) return started.error();
  std::string output;
  read_lines(started->output, [&](const std::string& line) { output += line + '\n'; });
  const int status = exit_status(started->pid);
  if (status == 127) return base::Error{base::Failure::asset_missing, program + " cannot be started"};
  if (status != 0) return base::Error{base::Failure::internal, fmt::format("{} ended with {}", program, status)};
  return output;
}

std::filesystem::path program_folder() {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
}

int free_port() {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  int port = 0;
  auto* generic = reinterpret_cast<sockaddr*>(&address);  // NOLINT: the C interface of sockets
  if (bind(listener, generic, size) == 0 && getsockname(listener, generic, &size) == 0) port = ntohs(address.sin_port);
  close(listener);
  return port;
}

}  // namespace kiosk
