#include "hal/scanner/scan_delivery.h"

#include <utility>

namespace hal {

using base::Failure;

bool ScanDelivery::offer(const RawCode& code, ScanGate::Moment since) {
  const auto request = gate_.request(since);
  if (!request) {
    statistics_.add(Counter::refused);
    return false;
  }
  auto screened = screen_code(code, *request);
  if (!screened) {
    refuse(screened.error().failure);
    return false;
  }
  if (!gate_.close(since)) {
    statistics_.add(Counter::refused);
    return false;
  }
  statistics_.add(Counter::reads);
  sink_(*std::move(screened));
  return true;
}

void ScanDelivery::refuse(Failure failure) {
  statistics_.add(failure == Failure::scan_unreadable ? Counter::misreads : Counter::refused);
  if (may_report_refusal()) sink_(ScanRefused{failure});
}

bool ScanDelivery::may_report_refusal() {
  const base::Instant now = clock_.now();
  if (now - second_ >= std::chrono::seconds{1}) {
    second_ = now;
    refusals_ = 0;
  }
  return refusals_++ < kMostRefusalsPerSecond;
}

}  // namespace hal
