#include "hal/scanner/wedge_scanner.h"

#include <linux/input.h>

#include <cstring>
#include <utility>

#include "hal/scanner/burst_framer.h"
#include "hal/scanner/code_scanner_thread.h"
#include "hal/scanner/payload_text.h"
#include "hal/scanner/wedge_keys.h"

namespace hal {
namespace {

using base::Failure;
using std::chrono::microseconds;

// Microseconds, unsigned: whatever the records say, differences are defined.
std::uint64_t time_of(const input_event& event) {
  constexpr std::uint64_t kSecond = 1'000'000;
  return static_cast<std::uint64_t>(event.input_event_sec) * kSecond + static_cast<std::uint64_t>(event.input_event_usec);
}

class WedgeDialect final : public ScannerDialect {
 public:
  explicit WedgeDialect(const ScannerTiming& timing) : framer_(timing.gap, timing.suffix_gap) {}

  base::Result<std::vector<std::uint8_t>> greet(const TransportInfo&) override {
    forget();
    return std::vector<std::uint8_t>{};
  }

  void feed(std::span<const std::uint8_t> bytes, base::Instant now, Heard& heard) override {
    if (bytes.size() % sizeof(input_event) != 0) ++heard.noise;
    for (; bytes.size() >= sizeof(input_event); bytes = bytes.subspan(sizeof(input_event))) {
      input_event event{};
      std::memcpy(&event, bytes.data(), sizeof event);
      take(event, now, heard);
      base::wipe(&event, sizeof event);
    }
  }

  void rest(base::Instant, Heard& heard) override { end(heard); }

  bool begun() const override { return framer_.begun(); }
  std::optional<base::Instant> due() const override { return framer_.due(); }

 private:
  // Pauses are measured on the events' own times: we may read late and find two codes at once.
  void take(const input_event& event, base::Instant now, Heard& heard) {
    const std::uint64_t at = time_of(event);
    const microseconds pause{static_cast<std::int64_t>(at - last_)};
    if (event.type == EV_KEY && begun() && pause >= framer_.patience()) end(heard);
    const auto [kind, character] = keys_.take(event);
    if (kind == WedgeKeys::Kind::nothing) return;
    last_ = at;
    framer_.append({&character, 1}, now);
    if (kind != WedgeKeys::Kind::typed && !spoilt_)
      spoilt_ = kind == WedgeKeys::Kind::command ? Failure::scan_wrong_mode : Failure::scan_unreadable;
  }

  void end(Heard& heard) {
    const bool suffix = framer_.has_suffix();
    auto code = framer_.take();
    if (!code) spoilt_ = Failure::scan_unreadable;
    const std::size_t size = code ? code->size() : 0;
    if (spoilt_) {
      heard.codes.push_back({{}, {}, spoilt_});
    } else if (suffix ? size <= 1 : size < kShortestWithoutSuffix) {
      ++heard.noise;
    } else {
      heard.codes.push_back({*std::move(code), {}, {}});
    }
    forget();
  }

  // No key is down between codes; a release that was lost must not reach into the next one.
  void forget() {
    keys_.forget();
    (void)framer_.take();
    spoilt_.reset();
  }

  WedgeKeys keys_;
  BurstFramer framer_;
  std::uint64_t last_ = 0;         // time of the last key, on the events' clock
  std::optional<Failure> spoilt_;  // why this code cannot be used
};

}  // namespace

std::unique_ptr<ScannerDialect> make_wedge_dialect(const ScannerTiming& timing) { return std::make_unique<WedgeDialect>(timing); }

std::unique_ptr<CodeScanner> make_wedge_scanner(std::unique_ptr<TransportFactory> transports, const base::Clock& clock,
                                                CodeScannerSink sink, ScannerTiming timing) {
  return make_code_scanner(std::move(transports), clock, std::move(sink), timing, make_wedge_dialect(timing));
}

}  // namespace hal
