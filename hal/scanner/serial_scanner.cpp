#include "hal/scanner/serial_scanner.h"

#include <utility>

#include "hal/scanner/burst_framer.h"
#include "hal/scanner/code_scanner_thread.h"
#include "hal/scanner/payload_text.h"

namespace hal {
namespace {

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

class SerialScannerDialect final : public ScannerDialect {
 public:
  explicit SerialScannerDialect(const ScannerTiming& timing) : framer_(timing.gap, timing.suffix_gap) {}

  base::Result<std::vector<std::uint8_t>> greet(const TransportInfo&) override {
    (void)framer_.take();
    return std::vector<std::uint8_t>{};
  }

  void feed(std::span<const std::uint8_t> bytes, base::Instant now, Heard&) override {
    framer_.append({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, now);
  }

  void rest(base::Instant, Heard& heard) override {
    auto code = framer_.take();
    if (!code) {
      heard.codes.push_back({{}, {}, base::Failure::scan_unreadable});
      return;
    }
    const auto symbology = parse_aim_identifier(bytes_of(code->reveal()));
    if (symbology) code = base::Secret(code->reveal().substr(kAimIdentifierSize));
    if (without_scanner_suffix(bytes_of(code->reveal())).empty()) {
      ++heard.noise;
      return;
    }
    heard.codes.push_back({*std::move(code), symbology, {}});
  }

  bool begun() const override { return framer_.begun(); }
  std::optional<base::Instant> due() const override { return framer_.due(); }

 private:
  BurstFramer framer_;
};

}  // namespace

std::unique_ptr<ScannerDialect> make_serial_scanner_dialect(const ScannerTiming& timing) {
  return std::make_unique<SerialScannerDialect>(timing);
}

std::unique_ptr<CodeScanner> make_serial_scanner(std::unique_ptr<TransportFactory> transports, const base::Clock& clock,
                                                 CodeScannerSink sink, ScannerTiming timing) {
  return make_code_scanner(std::move(transports), clock, std::move(sink), timing, make_serial_scanner_dialect(timing));
}

}  // namespace hal
