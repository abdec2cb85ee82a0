#include "hal/scanner/hid_pos_scanner.h"

#include <utility>

#include "hal/scanner/code_scanner_thread.h"
#include "hal/scanner/hid_pos_report.h"
#include "hal/scanner/payload_text.h"

namespace hal {
namespace {

class HidPosDialect final : public ScannerDialect {
 public:
  explicit HidPosDialect(const ScannerTiming& timing) : patience_(timing.fragment) {}

  base::Result<std::vector<std::uint8_t>> greet(const TransportInfo& scanner) override {
    forget();
    auto layout = find_hid_pos_layout(scanner.report_descriptor);
    if (!layout) return std::move(layout).error();
    layout_ = *std::move(layout);
    return layout_.greeting;
  }

  void feed(std::span<const std::uint8_t> bytes, base::Instant now, Heard& heard) override {
    const auto [report, nothing] = read_hid_pos_report(layout_, bytes);
    if (!report) {
      if (nothing == HidPosNothing::other_report) return;
      ++heard.noise;
      return give_up(heard);
    }
    // Of another code, though the one begun is not complete: its end was lost.
    if (begun() && report->symbology != symbology_) give_up(heard);
    if (!begun() && report->data.empty()) return;
    if (!begun()) symbology_ = report->symbology;
    append(report->data);
    if (report->more || report->perhaps_more) {
      due_ = now + patience_;
      complete_ = report->perhaps_more;
    } else {
      end(heard);
    }
  }

  void rest(base::Instant, Heard& heard) override {
    if (complete_)
      end(heard);
    else
      give_up(heard);
  }

  bool begun() const override { return due_.has_value(); }
  std::optional<base::Instant> due() const override { return due_; }

 private:
  void append(std::span<const std::uint8_t> data) {
    if (data.size() > kLongestCode + kLongestScannerSuffix - bytes_.size()) too_long_ = true;
    if (!too_long_) bytes_.append({reinterpret_cast<const char*>(data.data()), data.size()});
  }

  void end(Heard& heard) {
    if (too_long_)
      heard.codes.push_back({{}, symbology_, base::Failure::scan_unreadable});
    else
      heard.codes.push_back({std::exchange(bytes_, base::Secret()), symbology_, {}});
    forget();
  }

  void give_up(Heard& heard) {
    if (begun()) heard.codes.push_back({{}, symbology_, base::Failure::scan_unreadable});
    forget();
  }

  void forget() {
    bytes_.wipe();
    symbology_.reset();
    due_.reset();
    too_long_ = complete_ = false;
  }

  std::chrono::milliseconds patience_;
  HidPosLayout layout_;
  base::Secret bytes_;
  std::optional<AimIdentifier> symbology_;
  std::optional<base::Instant> due_;
  bool complete_ = false;  // what has come may be all there is
  bool too_long_ = false;
};

}  // namespace

std::unique_ptr<ScannerDialect> make_hid_pos_dialect(const ScannerTiming& timing) {
  return std::make_unique<HidPosDialect>(timing);
}

std::unique_ptr<CodeScanner> make_hid_pos_scanner(std::unique_ptr<TransportFactory> transports, const base::Clock& clock,
                                                  CodeScannerSink sink, ScannerTiming timing) {
  return make_code_scanner(std::move(transports), clock, std::move(sink), timing, make_hid_pos_dialect(timing));
}

}  // namespace hal
