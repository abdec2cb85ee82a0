// What both benches of waiting for a card do, on a serial line and on USB.
#pragma once

#include <chrono>
#include <cstdlib>
#include <future>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "hal/id_card/sdt_card_reader.h"
#include "tests/bench/processor_time.h"

namespace bench {

inline const std::chrono::seconds kMeasured{std::getenv("LINLI_BENCH_QUICK") != nullptr ? 4 : 20};
inline constexpr std::chrono::seconds kUntilReady{30};
inline constexpr std::chrono::milliseconds kPlainPeriod{100};  // of the loop beside the driver

// The driver, wanting a card from the moment it is online. `others`: threads that are not counted.
inline void report_driver_waiting(benchmark::State& state, const base::Clock& clock,
                                  std::unique_ptr<hal::TransportFactory> transports, const std::set<std::string>& others) {
  std::promise<void> online;
  bool told = false;  // of the driver's thread
  const auto driver = hal::make_sdt_card_reader(
      std::move(transports), clock, [] { return std::chrono::year{2026} / 11 / 28; },
      [&](const hal::CardReaderEvent& event) {
        const auto* health = std::get_if<hal::DeviceHealth>(&event);
        if (health != nullptr && health->state == hal::DeviceState::online && !std::exchange(told, true)) online.set_value();
      });
  driver->want_card(true);
  for (auto _ : state) {
    if (online.get_future().wait_for(kUntilReady) != std::future_status::ready) return state.SkipWithError("no reader");
    report_waiting(state, others, kMeasured);
  }
}

}  // namespace bench
