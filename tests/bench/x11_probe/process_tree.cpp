#include "tests/bench/x11_probe/process_tree.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <sstream>

namespace bench {
namespace {

constexpr auto kPatience = std::chrono::seconds(3);

std::string contents(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

// The number after a label of a /proc file such as "Pss:    1234 kB".
std::uint64_t number_after(const std::string& text, const std::string& label) {
  const auto at = text.find(label);
  return at == std::string::npos ? 0 : std::strtoull(text.c_str() + at + label.size(), nullptr, 10);
}

// Fields 3 and 4 of /proc/PID/stat follow the name, which may itself hold blanks and brackets.
pid_t parent_of(const std::filesystem::path& process) {
  const std::string stat = contents(process / "stat");
  const auto name_end = stat.rfind(')');
  if (name_end == std::string::npos || stat.size() < name_end + 4 || stat[name_end + 2] == 'Z') return -1;
  return static_cast<pid_t>(std::strtol(stat.c_str() + name_end + 4, nullptr, 10));
}

[[noreturn]] void become(const std::vector<std::string>& command, const std::string& log) {
  setpgid(0, 0);
  const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  const int nothing = ::open("/dev/null", O_RDONLY);
  dup2(nothing, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  std::vector<char*> arguments;
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

}  // namespace

ProcessTree::ProcessTree() { prctl(PR_SET_CHILD_SUBREAPER, 1); }

bool ProcessTree::start(const std::vector<std::string>& command, const std::string& log) {
  child_ = fork();
  if (child_ == 0) become(command, log);
  return child_ > 0;
}

bool ProcessTree::running() const {
  siginfo_t info{};
  return waitid(P_PID, static_cast<id_t>(child_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == 0;
}

void ProcessTree::stop() {
  if (child_ <= 0) return;
  kill(-child_, SIGTERM);
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  const timespec moment{0, 5'000'000};
  for (auto left = pids(); !left.empty(); left = pids()) {
    if (std::chrono::steady_clock::now() > deadline)
      for (const pid_t pid : left) kill(pid, SIGKILL);
    while (waitpid(-1, nullptr, WNOHANG) > 0) {}
    clock_nanosleep(CLOCK_MONOTONIC, 0, &moment, nullptr);
  }
  while (waitpid(-1, nullptr, WNOHANG) > 0) {}
  child_ = -1;
}

std::vector<pid_t> ProcessTree::pids() const {
  std::multimap<pid_t, pid_t> children;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const auto pid = static_cast<pid_t>(std::strtol(entry.path().filename().c_str(), nullptr, 10));
    if (pid > 0) children.emplace(parent_of(entry.path()), pid);
  }
  std::vector<pid_t> found;
  std::vector<pid_t> open{getpid()};
  while (!open.empty()) {
    const auto [first, last] = children.equal_range(open.back());
    open.pop_back();
    for (auto child = first; child != last; ++child) {
      found.push_back(child->second);
      open.push_back(child->second);
    }
  }
  return found;
}

std::uint64_t ProcessTree::pss_kib() const {
  std::uint64_t sum = 0;
  for (const pid_t pid : pids()) sum += number_after(contents("/proc/" + std::to_string(pid) + "/smaps_rollup"), "\nPss:");
  return sum;
}

Usage ProcessTree::usage() const {
  Usage sum;
  for (const pid_t pid : pids()) {
    std::error_code gone;
    for (const auto& task : std::filesystem::directory_iterator("/proc/" + std::to_string(pid) + "/task", gone)) {
      sum.cpu += std::chrono::nanoseconds(std::strtoll(contents(task.path() / "schedstat").c_str(), nullptr, 10));
      sum.wake_ups += number_after(contents(task.path() / "status"), "\nvoluntary_ctxt_switches:");
    }
  }
  return sum;
}

std::set<std::string> ProcessTree::mapped_files() const {
  std::set<std::string> files;
  for (const pid_t pid : pids()) {
    std::istringstream maps(contents("/proc/" + std::to_string(pid) + "/maps"));
    for (std::string line; std::getline(maps, line);)
      if (const auto at = line.find('/'); at != std::string::npos) files.insert(line.substr(at));
  }
  return files;
}

void forget_cached(const std::set<std::string>& files) {
  for (const std::string& file : files) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) continue;
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED);
    ::close(descriptor);
  }
}

}  // namespace bench
