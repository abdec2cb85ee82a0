// links: linli_offline_cache
#include <benchmark/benchmark.h>

#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <optional>

#include "offline_cache/courier/queue_courier.h"
#include "tests/bench/percentiles.h"
#include "tests/bench/waiting_queue.h"

namespace {

using offline_cache::CourierEvent;
using offline_cache::Saved;

constexpr std::size_t kApplication = 1'400;  // bytes: with header, seal and base64 about 2 KB a row

// The screen's side of the queue: submits, and sleeps until the code is there.
class Counter {
 public:
  void hear(const CourierEvent& event) {
    if (std::holds_alternative<offline_cache::SaveFailed>(event)) std::abort();
    if (!std::holds_alternative<Saved>(event)) return;
    const std::lock_guard lock(mutex_);
    saved_ = true;
    heard_.notify_one();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    heard_.wait(lock, [this] { return saved_; });
    saved_ = false;
  }

 private:
  std::mutex mutex_;
  std::condition_variable heard_;
  bool saved_ = false;
};

void accept_submission(benchmark::State& state) {
  const auto folder = bench::bench_folder() / "queue";
  const base::SystemClock clock;
  base::SystemRandom random;
  Counter counter;
  offline_cache::CourierConfiguration configuration;
  configuration.data_folder = folder;
  configuration.office_key = bench::kAnyOfficeKey;
  configuration.terminal = "HP-03";
  base::UuidSource ids(clock, random);
  {
    const auto courier =
        offline_cache::make_queue_courier(configuration, clock, random, [&](const CourierEvent& event) { counter.hear(event); });
    const std::string application = "{\"answers\":{\"text\":\"" + std::string(kApplication, 'x') + "\"}}";
    bench::Percentiles times;
    for (auto _ : state) {
      offline_cache::Submission submission{ids.next(), base::Secret(application)};
      times.measure(state, [&] {
        courier->submit(std::move(submission));
        counter.wait();
      });
    }
    times.report(state);
  }
  std::filesystem::remove_all(folder);
}
BENCHMARK(accept_submission)->UseManualTime()->Iterations(1000);

}  // namespace
