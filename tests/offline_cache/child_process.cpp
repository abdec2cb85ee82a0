#include "tests/offline_cache/child_process.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

namespace offline_cache_examples {

ChildProcess::ChildProcess(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  std::vector<std::string> copies = command;
  for (auto& copy : copies) arguments.push_back(copy.data());
  arguments.push_back(nullptr);
  int in[2], out[2];
  if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) std::abort();
  pid_ = fork();
  if (pid_ == 0) {
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    execvp(arguments[0], arguments.data());
    _exit(127);
  }
  close(in[0]);
  close(out[1]);
  input_ = in[1];
  output_ = out[0];
}

ChildProcess::~ChildProcess() {
  kill_now();
  wait();
  close(output_);
}

std::string ChildProcess::read_line() {
  std::string line;
  char byte;
  while (read(output_, &byte, 1) == 1) {
    if (byte == '\n') return line;
    line += byte;
  }
  return {};  // a line without an end was never completely said
}

std::string ChildProcess::read_until_end() {
  std::string text;
  char buffer[4096];
  for (ssize_t n; (n = read(output_, buffer, sizeof buffer)) > 0;) text.append(buffer, static_cast<std::size_t>(n));
  return text;
}

void ChildProcess::kill_now() {
  if (status_ == -1) kill(pid_, SIGKILL);
}

int ChildProcess::wait() {
  if (status_ != -1) return status_;
  close(input_);
  int raw = 0;
  while (waitpid(pid_, &raw, 0) < 0) {}
  status_ = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
  return status_;
}

std::vector<std::string> outbox_child(const std::vector<std::string>& arguments) {
  std::vector<std::string> command{LINLI_OUTBOX_CHILD};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return command;
}

std::vector<std::string> traced_outbox_child(const std::vector<std::string>& options, const std::vector<std::string>& arguments) {
  std::vector<std::string> command{"strace", "-qq", "-E",
                                   "ASAN_OPTIONS=detect_leaks=0"};  // it cannot look for leaks while traced
  command.insert(command.end(), options.begin(), options.end());
  const auto child = outbox_child(arguments);
  command.insert(command.end(), child.begin(), child.end());
  return command;
}

}  // namespace offline_cache_examples
