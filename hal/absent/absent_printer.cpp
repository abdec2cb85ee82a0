#include "hal/absent/absent_printer.h"

#include <utility>

namespace hal {
namespace {

class AbsentPrinter final : public Printer {
 public:
  explicit AbsentPrinter(PrinterSink sink) : sink_(std::move(sink)) { sink_(DeviceHealth{}); }

  void print(PrintJobId job, PrintDocument) override {
    sink_(PrintFinished{job, PrintOutcome::not_printed, Evidence::none, base::Failure::print_no_printer});
  }
  void check(HealthCheck level) override { sink_(HealthChecked{level, false, {}, "no printer is configured"}); }
  const DeviceStatistics& statistics() const override { return statistics_; }

 private:
  PrinterSink sink_;
  DeviceStatistics statistics_;
};

}  // namespace

std::unique_ptr<Printer> make_absent_printer(PrinterSink sink) { return std::make_unique<AbsentPrinter>(std::move(sink)); }

}  // namespace hal
