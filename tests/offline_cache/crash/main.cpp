// crash_soak: as many simulated power cuts as asked, from seed to seed, on all cores. Ends with 1 when anything was lost,
// corrupt, wrong or stuck; the lines it prints repeat it.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <thread>

#include "tests/offline_cache/crash/power_cuts.h"

namespace {

class Soak {
 public:
  Soak(std::int64_t cuts, std::uint64_t seed) : wanted_(cuts), seed_(seed) {}

  void work() {
    while (!enough()) {
      const auto tally = crash::cut_everywhere({.seed = seed_++, .times = 8, .nested = 50});
      add(tally);
    }
  }

  bool report() {
    fmt::print("\n{} cuts ({} different disks), {} of them followed by another during recovery; {} seeds × {} operations\n",
               total_.cuts, total_.disks, total_.cuts_in_recovery, seeds_, total_.operations);
    fmt::print("the step under way had taken effect {} times, and {} times not\n", total_.found_after, total_.found_before);
    fmt::print("acknowledged and lost: {}, corrupt: {}, wrong: {}, stuck: {}\n", total_.lost, total_.corrupt, total_.wrong,
               total_.stuck);
    for (const auto& example : total_.examples) fmt::print("  {}\n", example);
    return total_.clean();
  }

 private:
  bool enough() {
    const std::lock_guard guard(mutex_);
    return total_.cuts >= wanted_ || !total_.clean();
  }
  void add(const crash::Tally& tally) {
    const std::lock_guard guard(mutex_);
    total_ += tally;
    ++seeds_;
    fmt::print("\r{} of {} cuts", total_.cuts, wanted_);
    std::fflush(stdout);
  }

  const std::int64_t wanted_;
  std::atomic<std::uint64_t> seed_;
  std::mutex mutex_;
  crash::Tally total_;
  int seeds_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Cuts the power of a simulated disk under the offline queue.");
  std::int64_t cuts = 1'000'000;
  std::uint64_t seed = 1;
  unsigned workers = std::thread::hardware_concurrency();
  app.add_option("--cuts", cuts, "how many at least")->capture_default_str();
  app.add_option("--seed", seed, "the first one")->capture_default_str();
  app.add_option("--workers", workers, "threads")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  Soak soak(cuts, seed);
  {
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < std::max(workers, 1U); ++i) threads.emplace_back([&] { soak.work(); });
  }
  return soak.report() ? 0 : 1;
}
