// The real driver on a simulated scanner, and what it says as short words.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <variant>

#include "base/mailbox.h"
#include "hal/scanner/hid_pos_scanner.h"
#include "hal/scanner/serial_scanner.h"
#include "hal/scanner/wedge_scanner.h"
#include "hal/simulated/hid_pos_scanner.h"
#include "hal/simulated/serial_scanner.h"
#include "hal/simulated/simulated_transport.h"
#include "hal/simulated/wedge_scanner.h"

namespace scanner_test {

using hal::Counter;
using hal::PayloadKind;
using namespace std::chrono_literals;

inline std::string in_words(const hal::CodeScannerEvent& event) {
  struct Words {
    std::string operator()(const hal::DeviceHealth& health) const {
      if (health.state == hal::DeviceState::online) return "online " + health.identity;
      const std::string why = health.failure ? " " + code(*health.failure) : "";
      return std::string(name_of(health.state)) + why;
    }
    std::string operator()(const hal::CodeScanned& scanned) const { return "scanned " + std::string(scanned.payload.reveal()); }
    std::string operator()(const hal::ScanRefused& refused) const { return "refused " + code(refused.failure); }
    std::string operator()(const hal::HealthChecked& checked) const {
      return (checked.passed ? "passed: " : "failed: ") + checked.details;
    }
    static std::string code(base::Failure failure) { return std::string(base::entry(failure).code); }
  };
  return std::visit(Words{}, event);
}

// Quick where nothing is measured.
inline hal::ScannerTiming quick_scanner() {
  hal::ScannerTiming timing;
  timing.fragment = 50ms;
  timing.gap = 20ms;
  timing.suffix_gap = 5ms;
  timing.listen = 20ms;
  timing.answer = 20s;
  timing.reopen_pause = 1ms;
  timing.absent_period = 20ms;
  timing.interactive = 20s;
  return timing;
}

using MakeScanner = decltype(&hal::make_hid_pos_scanner);

class ScannerRig {
 public:
  void start(MakeScanner make, const hal::ScannerTiming& timing = quick_scanner()) {
    scanner = make(
        hal::make_simulated_transport(model), clock,
        [this](const hal::CodeScannerEvent& event) {
          (void)words_.post(in_words(event));
          if (on_event) on_event();
        },
        timing);
  }
  // Blocks; "nothing" when a scanner that should speak has not for long.
  std::string next() { return words_.take_for(20s).value_or("nothing"); }
  std::optional<std::string> next_within(std::chrono::milliseconds patience) { return words_.take_for(patience); }
  std::optional<std::string> try_next() { return words_.try_take(); }
  // Skips everything before what begins with `word`; false when it does not come.
  bool await(const std::string& word) {
    while (true) {
      const std::string heard = next();
      if (heard.starts_with(word)) return true;
      if (heard == "nothing") return false;
    }
  }
  std::uint64_t count(Counter counter) const { return scanner->statistics().value(counter); }
  bool await_count(Counter counter, std::uint64_t least) const {
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (count(counter) < least) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::yield();
    }
    return true;
  }
  void arm(std::vector<PayloadKind> wanted = {PayloadKind::ticket_number}) { scanner->arm({std::move(wanted)}); }

  base::SystemClock clock;
  std::shared_ptr<hal::ScannerModel> model;
  std::function<void()> on_event;  // set before start; on the driver's thread

 private:
  base::Mailbox<std::string> words_;

 public:
  std::unique_ptr<hal::CodeScanner> scanner;  // last: its thread uses everything above
};

}  // namespace scanner_test
