#include "hal/absent/absent_code_scanner.h"

#include <utility>

namespace hal {
namespace {

class AbsentCodeScanner final : public CodeScanner {
 public:
  explicit AbsentCodeScanner(CodeScannerSink sink) : sink_(std::move(sink)) { sink_(DeviceHealth{}); }

  void arm(ScanRequest) override {}
  void disarm() override {}
  void check(HealthCheck level) override { sink_(HealthChecked{level, false, {}, "no code scanner is configured"}); }
  const DeviceStatistics& statistics() const override { return statistics_; }

 private:
  CodeScannerSink sink_;
  DeviceStatistics statistics_;
};

}  // namespace

std::unique_ptr<CodeScanner> make_absent_code_scanner(CodeScannerSink sink) {
  return std::make_unique<AbsentCodeScanner>(std::move(sink));
}

}  // namespace hal
