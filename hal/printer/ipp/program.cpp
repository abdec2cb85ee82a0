#include "hal/printer/ipp/program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace hal {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kMostOutput = 4096;  // bytes

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  int get() const { return number_; }
  void close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }

 private:
  int number_;
};

// Sockets, not pipes: writing to a program that has gone must not raise SIGPIPE.
std::pair<Descriptor, Descriptor> channel() {
  std::array<int, 2> ends{-1, -1};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return std::pair<Descriptor, Descriptor>();
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

pid_t spawn(const std::vector<std::string>& arguments, int input, int output) {
  std::vector<std::string> words = arguments;
  std::vector<char*> pointers;
  for (auto& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  std::string language = "LC_ALL=C";
  std::array<char*, 2> environment{language.data(), nullptr};
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t pid = -1;
  const int failed = posix_spawn(&pid, pointers.front(), &actions, nullptr, pointers.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  return failed == 0 ? pid : -1;
}

void give(Descriptor& input, std::string_view& rest) {
  const ssize_t count = send(input.get(), rest.data(), rest.size(), MSG_NOSIGNAL);
  if (count > 0) rest.remove_prefix(static_cast<std::size_t>(count));
  const bool gone = count < 0 && errno != EAGAIN && errno != EINTR;
  if (gone || rest.empty()) input.close();
}

// False at the end of what it says.
bool hear(int output, std::string& heard) {
  std::array<char, 1024> buffer{};
  const ssize_t count = read(output, buffer.data(), buffer.size());
  if (count > 0) heard.append(buffer.data(), std::min(static_cast<std::size_t>(count), kMostOutput - heard.size()));
  return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR));
}

int exit_code_of(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

}  // namespace

ProgramEnded run_program(const std::vector<std::string>& arguments, std::string_view input, milliseconds patience, int stop) {
  ProgramEnded ended;
  auto [to_program, program_input] = channel();
  auto [from_program, program_output] = channel();
  const pid_t pid = spawn(arguments, program_input.get(), program_output.get());
  program_input.close();
  program_output.close();
  if (pid < 0) return ended;
  ended.started = true;
  if (input.empty()) to_program.close();
  // glibc 2.36 declares pidfd_open for C only.
  const Descriptor process(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
  const auto deadline = steady_clock::now() + patience;
  while (true) {
    std::array<pollfd, 4> events{pollfd{process.get(), POLLIN, 0}, pollfd{stop, POLLIN, 0}, pollfd{to_program.get(), POLLOUT, 0},
                                 pollfd{from_program.get(), POLLIN, 0}};
    const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now()).count();
    const int ready = poll(events.data(), events.size(), static_cast<int>(std::max<milliseconds::rep>(0, left)));
    if (ready < 0 && errno == EINTR) continue;
    if (events[2].revents != 0) give(to_program, input);
    if (events[3].revents != 0 && !hear(from_program.get(), ended.output)) from_program.close();
    if (events[0].revents != 0) {
      ended.exit_code = exit_code_of(pid);
      while (from_program.get() >= 0 && recv(from_program.get(), &events, 1, MSG_PEEK | MSG_DONTWAIT) > 0)
        hear(from_program.get(), ended.output);
      return ended;
    }
    if (ready <= 0 || events[1].revents != 0) break;
  }
  kill(pid, SIGKILL);
  (void)exit_code_of(pid);
  return ended;
}

}  // namespace hal
