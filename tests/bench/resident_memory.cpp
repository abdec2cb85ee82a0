#include "tests/bench/resident_memory.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <string>

namespace bench {
namespace {

double status_mib(pid_t process, const std::string& name) {
  std::ifstream status(fmt::format("/proc/{}/status", process));
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(name)) return std::atof(line.c_str() + name.size()) / 1024;
  return 0;
}

}  // namespace

double resident_mib(pid_t process) { return status_mib(process, "VmRSS:"); }

void forget_peak() { std::ofstream("/proc/self/clear_refs") << 5; }

double peak_mib() { return status_mib(getpid(), "VmHWM:"); }

}  // namespace bench
