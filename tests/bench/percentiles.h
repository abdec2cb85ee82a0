// google-benchmark gives means; the budgets speak of medians and tails.
#pragma once

#include <benchmark/benchmark.h>

#include <chrono>
#include <vector>

namespace bench {

// Collects the duration of each iteration and reports the counters p50_us, p95_us and p99_us (microseconds), which
// bench.py reads. Typical use, with ->UseManualTime() at the registration:
//   Percentiles times;
//   for (auto _ : state) times.measure(state, [&] { accept(); });
//   times.report(state);
class Percentiles {
 public:
  template <typename Work>
  void measure(benchmark::State& state, Work&& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    add(state, took.count());
  }
  // The same, of an iteration that was timed elsewhere.
  void add(benchmark::State& state, double seconds) {
    state.SetIterationTime(seconds);
    seconds_.push_back(seconds);
  }

  void report(benchmark::State& state);

 private:
  std::vector<double> seconds_;
};

}  // namespace bench
