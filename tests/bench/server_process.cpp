#include "tests/bench/server_process.h"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bench {
namespace {

using namespace std::chrono_literals;

constexpr auto kBetweenQuestions = 1ms;  // whether a server is ready; none of them tells all that may ask

[[noreturn]] void become(const ServerCommand& command) {
  const int log = open(command.log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
  dup2(log, STDOUT_FILENO);
  dup2(log, STDERR_FILENO);
  if (geteuid() == 0 && !command.user.empty()) {
    const passwd* user = getpwnam(command.user.c_str());
    if (user == nullptr || initgroups(user->pw_name, user->pw_gid) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0)
      _exit(126);
  }
  prctl(PR_SET_PDEATHSIG, command.stop_signal);
  std::vector<char*> words;
  for (const auto& word : command.words) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  execvp(words[0], words.data());
  _exit(127);
}

pid_t begin(const ServerCommand& command) {
  const pid_t child = fork();
  if (child == 0) become(command);
  return child;
}

}  // namespace

ServerProcess::ServerProcess(ServerCommand command)
    : command_(std::move(command)), pid_(begin(command_)), end_(static_cast<int>(syscall(SYS_pidfd_open, pid_, 0))) {}

ServerProcess::~ServerProcess() {
  if (pid_ <= 0) return;
  kill(pid_, command_.stop_signal);
  if (!ends_within(1min)) kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

bool ServerProcess::ends_within(std::chrono::milliseconds patience) const {
  pollfd ending{end_.get(), POLLIN, 0};
  return poll(&ending, 1, static_cast<int>(patience.count())) > 0;
}

bool ServerProcess::wait_until(const std::function<bool()>& ready, std::chrono::seconds patience) const {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!ready())
    if (ends_within(kBetweenQuestions) || std::chrono::steady_clock::now() > deadline) return false;
  return true;
}

bool ServerProcess::run(const ServerCommand& command) {
  int status = EXIT_FAILURE;
  const pid_t child = begin(command);
  return child > 0 && waitpid(child, &status, 0) == child && status == EXIT_SUCCESS;
}

bool give_to(const std::filesystem::path& folder, const std::string& user) {
  if (geteuid() != 0) return true;
  const passwd* found = getpwnam(user.c_str());
  return found != nullptr && chown(folder.c_str(), found->pw_uid, found->pw_gid) == 0;
}

}  // namespace bench
