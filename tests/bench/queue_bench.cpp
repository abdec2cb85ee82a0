// links: linli_offline_cache fmt::fmt
// What the queue costs with nobody, 10 000 and 1 000 000 applications waiting: start, memory, keeping one more, and the way of
// one out of it. Between two of them the queue tidies up, as the courier lets it.
#include <benchmark/benchmark.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <optional>

#include "tests/bench/append_write.h"
#include "tests/bench/inplace_write.h"
#include "tests/bench/percentiles.h"
#include "tests/bench/resident_memory.h"
#include "tests/bench/waiting_queue.h"

namespace {

using offline_cache::Outbox;

constexpr int kSubmissions = 1000;
constexpr int kStarts = 5;
constexpr std::int64_t kTenThousand = 10'000;
const offline_cache::Claim kOldest{true, {}, 0, false};
const offline_cache::Conclusion kAcknowledged{offline_cache::Ending::acknowledged, "2026-000017", {}, 201, 0, false};

// ---- start, and memory -----------------------------------------------------------------------------------------------

struct Start {
  double seconds = 0;  // until the queue is open and has given its oldest application
  double mib = 0;      // the most it took, beyond what the process had
};

Start start_here(const std::filesystem::path& folder) {
  const base::SystemClock clock;
  base::SystemRandom random;
  bench::forget_peak();
  const double before = bench::resident_mib(getpid());
  const auto begun = std::chrono::steady_clock::now();
  const auto outbox = bench::open_queue(folder, clock, random);
  if (outbox == nullptr) return {};
  const auto lease = outbox->claim(kOldest);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  if (!lease || !*lease || !outbox->conclude(**lease, {}, offline_cache::kClaimNothing)) return {};
  return {took.count(), bench::peak_mib() - before};
}

// In a process of its own, as after power-on; but the file may still be in the page cache.
std::optional<Start> start_once(const std::filesystem::path& folder) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return std::nullopt;
  const base::FileDescriptor out(ends[0]);
  base::FileDescriptor in(ends[1]);
  const pid_t child = fork();
  if (child == 0) {
    const Start start = start_here(folder);
    _exit(write(in.get(), &start, sizeof start) == sizeof start ? EXIT_SUCCESS : EXIT_FAILURE);
  }
  in.reset();
  Start start;
  const bool told = read(out.get(), &start, sizeof start) == sizeof start;
  waitpid(child, nullptr, 0);
  return told && start.seconds > 0 ? std::optional(start) : std::nullopt;
}

void start_behind(benchmark::State& state, std::int64_t rows) {
  const auto folder = bench::queue_with(rows);
  if (!folder) return state.SkipWithError("the queue could not be filled");
  bench::Percentiles times;
  double most = 0;
  for (auto _ : state) {
    const auto start = start_once(*folder);
    if (!start) return state.SkipWithError("the queue does not open");
    times.add(state, start->seconds);
    most = std::max(most, start->mib);
  }
  times.report(state);
  state.counters["memory_mib"] = most;
}
void start_10k(benchmark::State& state) { start_behind(state, kTenThousand); }
BENCHMARK(start_10k)->UseManualTime()->Iterations(kStarts);
void start_1m(benchmark::State& state) { start_behind(state, bench::a_million()); }
BENCHMARK(start_1m)->UseManualTime()->Iterations(kStarts);

// ---- in --------------------------------------------------------------------------------------------------------------

// The part of "submit" that is the queue's: a sealed application becomes durable, is read back and has a code.
void enqueue_behind(benchmark::State& state, std::int64_t rows) {
  bench::Sealer sealer;
  const auto folder = bench::queue_with(rows);
  const auto outbox = folder ? bench::open_queue(*folder, sealer.clock(), sealer.random()) : nullptr;
  if (outbox == nullptr) return state.SkipWithError("the queue could not be filled or does not open");
  bench::Percentiles times;
  for (auto _ : state) {
    const auto envelope = sealer.next();
    bool stored = false;
    times.measure(state, [&] { stored = static_cast<bool>(outbox->enqueue(envelope, false)); });
    if (!stored) return state.SkipWithError("not stored");
    if (auto tidied = outbox->tidy(Outbox::Tidy::when_idle); !tidied) return state.SkipWithError("not tidied");
  }
  times.report(state);
}
void enqueue(benchmark::State& state) { enqueue_behind(state, 0); }
BENCHMARK(enqueue)->UseManualTime()->Iterations(kSubmissions);
void enqueue_10k(benchmark::State& state) { enqueue_behind(state, kTenThousand); }
BENCHMARK(enqueue_10k)->UseManualTime()->Iterations(kSubmissions);
void enqueue_1m(benchmark::State& state) { enqueue_behind(state, bench::a_million()); }
BENCHMARK(enqueue_1m)->UseManualTime()->Iterations(kSubmissions);

// ---- out -------------------------------------------------------------------------------------------------------------

// A backlog leaves: the acknowledgement of one application and the claim of the next share a commit.
void leave_from(benchmark::State& state, std::int64_t rows) {
  bench::Sealer sealer;
  const auto folder = bench::queue_with(rows);
  const auto outbox = folder ? bench::open_queue(*folder, sealer.clock(), sealer.random()) : nullptr;
  if (outbox == nullptr) return state.SkipWithError("the queue could not be filled or does not open");
  auto lease = outbox->claim(kOldest);
  bench::Percentiles times;
  for (auto _ : state) {
    if (!lease || !*lease) return state.SkipWithError("nothing to claim");
    times.measure(state, [&] { lease = outbox->conclude(**lease, kAcknowledged, kOldest); });
    (void)outbox->tidy(Outbox::Tidy::between_records);
  }
  times.report(state);
}
void claim_and_acknowledge(benchmark::State& state) { leave_from(state, kSubmissions + 1); }
BENCHMARK(claim_and_acknowledge)->UseManualTime()->Iterations(kSubmissions);
void claim_and_acknowledge_10k(benchmark::State& state) { leave_from(state, kTenThousand); }
BENCHMARK(claim_and_acknowledge_10k)->UseManualTime()->Iterations(kSubmissions);
void claim_and_acknowledge_1m(benchmark::State& state) { leave_from(state, bench::a_million()); }
BENCHMARK(claim_and_acknowledge_1m)->UseManualTime()->Iterations(kSubmissions);

// ---- what it is measured beside --------------------------------------------------------------------------------------

// The least anybody can do who seals what he keeps: seal the same application, write it in place, flush.
void seal_and_write(benchmark::State& state) {
  bench::Sealer sealer;
  bench::InplaceWrite file(bench::bench_folder());
  bench::Percentiles times;
  for (auto _ : state) {
    bool written = false;
    times.measure(state, [&] {
      benchmark::DoNotOptimize(sealer.next());
      written = file.write_once();
    });
    if (!written) return state.SkipWithError("cannot write in LINLI_BENCH_FOLDER");
  }
  times.report(state);
}
BENCHMARK(seal_and_write)->UseManualTime()->Iterations(kSubmissions);

// A sealed application at the end of a file that grows, and fdatasync.
void append_write(benchmark::State& state) {
  bench::AppendWrite file(bench::bench_folder(), bench::Sealer().next().bytes.size());
  bench::Percentiles times;
  for (auto _ : state) {
    bool written = false;
    times.measure(state, [&] { written = file.write_once(); });
    if (!written) return state.SkipWithError("cannot write in LINLI_BENCH_FOLDER");
  }
  times.report(state);
}
BENCHMARK(append_write)->UseManualTime()->Iterations(kSubmissions);

}  // namespace
