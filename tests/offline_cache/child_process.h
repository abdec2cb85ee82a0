// Runs outbox_child (or strace around it) and reads what it says.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace offline_cache_examples {

class ChildProcess {
 public:
  explicit ChildProcess(const std::vector<std::string>& command);
  ~ChildProcess();  // kills it
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  std::string read_line();  // empty at the end
  std::string read_until_end();
  void kill_now();  // SIGKILL
  int wait();       // exit status, or 128 + signal

 private:
  pid_t pid_ = -1;
  int input_ = -1, output_ = -1;
  int status_ = -1;
};

std::vector<std::string> outbox_child(const std::vector<std::string>& arguments);

// strace with these options around outbox_child.
std::vector<std::string> traced_outbox_child(const std::vector<std::string>& options, const std::vector<std::string>& arguments);

}  // namespace offline_cache_examples
