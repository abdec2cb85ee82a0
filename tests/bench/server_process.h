// A server that a benchmark starts for itself, and that goes with it.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/file_descriptor.h"

namespace bench {

struct ServerCommand {
  std::vector<std::string> words;
  std::filesystem::path log;  // for its output
  std::string user{};         // who it runs as when we are root; empty: root
  int stop_signal = SIGTERM;
};

class ServerProcess {
 public:
  explicit ServerProcess(ServerCommand command);
  ~ServerProcess();  // asks it to stop and waits; insists after a minute
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  pid_t pid() const { return pid_; }
  // Until `ready`, which is asked again and again; false when the process ends before, or a minute passes (or five, of one that
  // has much to read).
  bool wait_until(const std::function<bool()>& ready, std::chrono::seconds patience = std::chrono::minutes{1}) const;
  // To its end; true when it succeeded.
  static bool run(const ServerCommand& command);

 private:
  bool ends_within(std::chrono::milliseconds patience) const;

  ServerCommand command_;
  pid_t pid_;
  base::FileDescriptor end_;  // readable when it has ended
};

// Gives the folder to the user, when we are root.
bool give_to(const std::filesystem::path& folder, const std::string& user);

}  // namespace bench
