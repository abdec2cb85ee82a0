// links: linli_base
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "tests/bench/inplace_write.h"
#include "tests/bench/percentiles.h"

namespace {

// LINLI_BENCH_FOLDER is where bench.py lets the product keep its files.
void inplace_write(benchmark::State& state) {
  const char* folder = std::getenv("LINLI_BENCH_FOLDER");
  bench::InplaceWrite file(folder != nullptr ? folder : ".");
  bench::Percentiles times;
  for (auto _ : state) {
    bool written = false;
    times.measure(state, [&] { written = file.write_once(); });
    if (!written) {
      state.SkipWithError("cannot write in LINLI_BENCH_FOLDER");
      return;
    }
  }
  times.report(state);
}
BENCHMARK(inplace_write)->UseManualTime()->Iterations(1000);

}  // namespace
