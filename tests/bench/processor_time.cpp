#include "tests/bench/processor_time.h"

#include <filesystem>
#include <fstream>
#include <thread>

namespace bench {
namespace {

double nanoseconds_beside(const std::set<std::string>& others) {
  double sum = 0;
  for (const auto& thread : threads_now()) {
    double nanoseconds = 0;
    if (!others.contains(thread) && std::ifstream("/proc/self/task/" + thread + "/schedstat") >> nanoseconds) sum += nanoseconds;
  }
  return sum;
}

}  // namespace

std::set<std::string> threads_now() {
  std::set<std::string> threads;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/task")) threads.insert(entry.path().filename());
  return threads;
}

void report_waiting(benchmark::State& state, const std::set<std::string>& others, std::chrono::seconds time) {
  const double before = nanoseconds_beside(others);
  std::this_thread::sleep_for(time);
  state.counters["cpu_percent"] =
      100 * (nanoseconds_beside(others) - before) / std::chrono::duration<double, std::nano>(time).count();
}

}  // namespace bench
