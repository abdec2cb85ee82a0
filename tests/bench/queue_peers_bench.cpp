// links: linli_offline_cache fmt::fmt
// The same life of an application in other people's durable queues (peer_queue.h says what is not the same). One server at a
// time, so that none is measured while another tidies up.
#include <benchmark/benchmark.h>

#include "tests/bench/peer_queue.h"
#include "tests/bench/percentiles.h"

namespace {

using Start = std::unique_ptr<bench::PeerQueue> (*)();

constexpr int kSubmissions = 1000;
constexpr std::int64_t kTenThousand = 10'000;

// One queue at a time: it is filled for the first benchmark that asks for so many rows, and the next ones go on with it.
class OneAtATime {
 public:
  bench::PeerQueue* with(Start start, std::int64_t rows) {
    if (start_ == start && rows_ == rows) return queue_.get();
    queue_.reset();
    queue_ = start();
    start_ = start;
    rows_ = rows;
    bench::Sealer sealer;
    if (queue_ && rows > 0 && !queue_->fill(rows, sealer)) queue_.reset();
    return queue_.get();
  }

 private:
  std::unique_ptr<bench::PeerQueue> queue_;
  Start start_ = nullptr;
  std::int64_t rows_ = -1;
};

bench::PeerQueue* peer(benchmark::State& state, Start start, std::int64_t rows) {
  static OneAtATime all;
  auto* queue = all.with(start, rows);
  if (queue == nullptr) state.SkipWithError("the server does not start, or could not be filled");
  return queue;
}

void enqueue_behind(benchmark::State& state, Start start, std::int64_t rows) {
  auto* const queue = peer(state, start, rows);
  if (queue == nullptr) return;
  bench::Sealer sealer;
  bench::Percentiles times;
  for (auto _ : state) {
    const auto envelope = sealer.next();
    bool stored = false;
    times.measure(state, [&] { stored = queue->enqueue(envelope); });
    if (!stored) return state.SkipWithError("not stored");
  }
  times.report(state);
  state.counters["memory_mib"] = queue->memory_mib();
}

void leave_from(benchmark::State& state, Start start, std::int64_t rows) {
  auto* const queue = peer(state, start, rows);
  if (queue == nullptr) return;
  if (!queue->claim()) return state.SkipWithError("nothing to claim");
  bench::Percentiles times;
  for (auto _ : state) {
    bool claimed = false;
    times.measure(state, [&] { claimed = queue->acknowledge_and_claim(); });
    if (!claimed) return state.SkipWithError("nothing to claim");
  }
  times.report(state);
}

void start_behind(benchmark::State& state, Start start, std::int64_t rows) {
  auto* const queue = peer(state, start, rows);
  if (queue == nullptr) return;
  bench::Percentiles times;
  for (auto _ : state) {
    const auto seconds = queue->restart_seconds();
    if (!seconds) return state.SkipWithError("it does not come back");
    times.add(state, *seconds);
  }
  times.report(state);
}

// NAME_enqueue… and NAME_claim… of one after the other, so that each number of rows is filled once.
[[maybe_unused]] const bool kRegistered = [] {
  const std::pair<std::string, Start> peers[] = {{"redis", bench::start_redis}, {"postgres", bench::start_postgres}};
  const std::pair<std::string, std::int64_t> sizes[] = {{"", 0}, {"_10k", kTenThousand}, {"_1m", bench::a_million()}};
  for (const auto& [name, start] : peers) {
    for (const auto& [suffix, rows] : sizes) {
      benchmark::RegisterBenchmark((name + "_enqueue" + suffix).c_str(), enqueue_behind, start, rows)
          ->UseManualTime()
          ->Iterations(kSubmissions);
      benchmark::RegisterBenchmark((name + "_claim" + suffix).c_str(), leave_from, start, rows)
          ->UseManualTime()
          ->Iterations(kSubmissions - 1);  // the first was claimed before
      if (rows > 0)
        benchmark::RegisterBenchmark((name + "_start" + suffix).c_str(), start_behind, start, rows)
            ->UseManualTime()
            ->Iterations(2);
    }
  }
  return true;
}();

}  // namespace
