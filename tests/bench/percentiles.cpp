#include "tests/bench/percentiles.h"

#include <algorithm>

namespace bench {

void Percentiles::report(benchmark::State& state) {
  if (seconds_.empty()) return;
  std::sort(seconds_.begin(), seconds_.end());
  const auto at = [this](double share) {
    const auto last = static_cast<double>(seconds_.size() - 1);
    return seconds_[static_cast<std::size_t>(share * last)] * 1e6;
  };
  state.counters["p50_us"] = at(0.50);
  state.counters["p95_us"] = at(0.95);
  state.counters["p99_us"] = at(0.99);
}

}  // namespace bench
