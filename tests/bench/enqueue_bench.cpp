// links: linli_offline_cache
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <vector>

#include "base/uuid.h"
#include "offline_cache/sealing/envelope.h"
#include "offline_cache/sealing/office_key.h"
#include "offline_cache/sqlite/open_outbox.h"
#include "tests/bench/inplace_write.h"
#include "tests/bench/percentiles.h"

namespace {

using offline_cache::Outbox;

// Any valid X25519 public key will do: nothing is opened here (RFC 7748 §6.1).
constexpr const char* kOfficeKey = "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a";
constexpr std::size_t kApplication = 1'400;  // bytes: with header, seal and base64 about 2 KB a row
constexpr int kSubmissions = 1000;

std::filesystem::path bench_folder() {
  const char* given = std::getenv("LINLI_BENCH_FOLDER");
  return given != nullptr ? given : ".";
}

class Sealer {
 public:
  offline_cache::Envelope next() {
    return *offline_cache::seal({ids_.next(), base::Secret(application_)}, {"HP-03", clock_.wall(), true}, key_, device_,
                                random_);
  }
  const base::Clock& clock() const { return clock_; }
  base::Random& random() { return random_; }

 private:
  base::SystemClock clock_;
  base::SystemRandom random_;
  base::UuidSource ids_{clock_, random_};
  offline_cache::OfficeKey key_ = *offline_cache::OfficeKey::parse(kOfficeKey);
  offline_cache::DeviceKey device_ = *offline_cache::DeviceKey::load_or_create(bench_folder() / "device.key", 1);
  std::string application_ = "{\"answers\":{\"text\":\"" + std::string(kApplication, 'x') + "\"}}";
};

// Any two of them are of different people, as in a hall.
offline_cache::Envelope next_application(Sealer& sealer) {
  auto envelope = sealer.next();
  envelope.chain.emplace();
  sealer.random().fill(*envelope.chain);
  return envelope;
}

// A queue of its own with `rows` applications that wait.
class Waiting {
 public:
  Waiting(benchmark::State& state, Sealer& sealer, std::int64_t rows) : folder_(bench_folder() / "enqueue") {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    auto opened = offline_cache::open_outbox(folder_, {.quota_bytes = kQuota}, sealer.clock(), sealer.random());
    if (!opened) {
      state.SkipWithError("the outbox does not open");
      return;
    }
    outbox_ = std::move(opened->outbox);
    for (std::int64_t i = 0; i < rows && outbox_->enqueue(next_application(sealer), false); ++i)
      (void)outbox_->tidy(Outbox::Tidy::when_idle);
  }
  ~Waiting() {
    outbox_.reset();
    std::filesystem::remove_all(folder_);
  }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;
  Outbox* outbox() { return outbox_.get(); }

 private:
  static constexpr std::int64_t kQuota = 16LL << 30;  // bytes; so that a million fits
  std::filesystem::path folder_;
  std::unique_ptr<Outbox> outbox_;
};

// The part of "submit" that is the queue's: a sealed application becomes durable, is read back and has a code. Between two
// residents the queue tidies up, as the courier lets it.
void enqueue_behind(benchmark::State& state, std::int64_t rows) {
  Sealer sealer;
  Waiting waiting(state, sealer, rows);
  if (waiting.outbox() == nullptr) return;
  bench::Percentiles times;
  for (auto _ : state) {
    const auto envelope = next_application(sealer);
    bool stored = false;
    times.measure(state, [&] { stored = static_cast<bool>(waiting.outbox()->enqueue(envelope, false)); });
    if (!stored) return state.SkipWithError("not stored");
    if (auto tidied = waiting.outbox()->tidy(Outbox::Tidy::when_idle); !tidied) return state.SkipWithError("not tidied");
  }
  times.report(state);
}
void enqueue(benchmark::State& state) { enqueue_behind(state, 0); }
BENCHMARK(enqueue)->UseManualTime()->Iterations(kSubmissions);
void enqueue_10k(benchmark::State& state) { enqueue_behind(state, 10'000); }
BENCHMARK(enqueue_10k)->UseManualTime()->Iterations(kSubmissions);

// A backlog leaves: the acknowledgement of one application and the claim of the next share a commit.
void claim_and_acknowledge(benchmark::State& state) {
  Sealer sealer;
  Waiting waiting(state, sealer, kSubmissions + 1);
  if (waiting.outbox() == nullptr) return;
  const offline_cache::Claim next{true, {}, 0, false};
  auto lease = waiting.outbox()->claim(next);
  bench::Percentiles times;
  for (auto _ : state) {
    if (!lease || !*lease) return state.SkipWithError("nothing to claim");
    const offline_cache::Conclusion acknowledged{offline_cache::Ending::acknowledged, "2026-000017", {}, 201, 0, false};
    times.measure(state, [&] { lease = waiting.outbox()->conclude(**lease, acknowledged, next); });
    (void)waiting.outbox()->tidy(Outbox::Tidy::between_records);
  }
  times.report(state);
}
BENCHMARK(claim_and_acknowledge)->UseManualTime()->Iterations(kSubmissions);

// The least anybody can do who seals what he keeps: seal the same application, write it in place, flush.
void seal_and_write(benchmark::State& state) {
  Sealer sealer;
  bench::InplaceWrite file(bench_folder());
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

}  // namespace
