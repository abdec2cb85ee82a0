// links: linli_offline_cache
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
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
    return *offline_cache::seal({ids_.next(), base::Secret(application_)}, {"HP-03", clock_.wall(), true}, key_, random_);
  }
  const base::Clock& clock() const { return clock_; }
  base::Random& random() { return random_; }

 private:
  base::SystemClock clock_;
  base::SystemRandom random_;
  base::UuidSource ids_{clock_, random_};
  offline_cache::OfficeKey key_ = *offline_cache::OfficeKey::parse(kOfficeKey);
  std::string application_ = "{\"answers\":{\"text\":\"" + std::string(kApplication, 'x') + "\"}}";
};

// The part of "submit" that is the queue's: a sealed application becomes durable, is read back and has a code. Between two
// residents the queue tidies up, as the courier lets it.
void enqueue(benchmark::State& state) {
  Sealer sealer;
  const auto folder = bench_folder() / "enqueue";
  std::filesystem::create_directories(folder);
  {
    auto opened = offline_cache::open_outbox(folder, {}, sealer.clock(), sealer.random());
    if (!opened) return state.SkipWithError("the outbox does not open");
    bench::Percentiles times;
    for (auto _ : state) {
      const auto envelope = sealer.next();
      bool stored = false;
      times.measure(state, [&] { stored = static_cast<bool>(opened->outbox->enqueue(envelope, false)); });
      if (!stored) return state.SkipWithError("not stored");
      if (auto tidied = opened->outbox->tidy(Outbox::Tidy::when_idle); !tidied) return state.SkipWithError("not tidied");
    }
    times.report(state);
  }
  std::filesystem::remove_all(folder);
}
BENCHMARK(enqueue)->UseManualTime()->Iterations(kSubmissions);

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
