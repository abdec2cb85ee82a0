#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <semaphore>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"

namespace kiosk {

// A program of ours that runs beside the kiosk and dies with it. Its standard output comes line by line to `on_line`, on a
// thread of its own; standard error goes where ours goes.
class ChildProcess {
 public:
  using OnLine = std::function<void(std::string)>;
  static base::Result<std::unique_ptr<ChildProcess>> start(std::vector<std::string> command, OnLine on_line);
  ~ChildProcess();  // asks it to stop (SIGTERM), after kPatience insists, and waits

  pid_t pid() const { return pid_; }

  // Runs to the end and gives all of its output; asset_missing when it cannot start, internal when it fails.
  static base::Result<std::string> output_of(std::vector<std::string> command);

  static constexpr std::chrono::seconds kPatience{3};

 private:
  ChildProcess(pid_t pid, int output, OnLine on_line);
  pid_t pid_;
  std::binary_semaphore ended_{0};
  std::jthread reader_;  // last: it uses the above
};

// The folder of the running program, where its sisters live.
std::filesystem::path program_folder();
// A TCP port of the loopback address that nobody uses now; 0 when there is none.
int free_port();

}  // namespace kiosk
