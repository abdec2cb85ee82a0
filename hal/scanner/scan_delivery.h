// From a code that was read to what the screen gets: what every scanner does with it, whichever way it reads. Codes pass
// the gate and the grammars (payload.h); refusals are counted all, and reported at most kMostRefusalsPerSecond. One thread.
#pragma once

#include "base/clock.h"
#include "hal/scanner/payload.h"
#include "hal/scanner/scan_gate.h"

namespace hal {

inline constexpr unsigned kMostRefusalsPerSecond = 10;

class ScanDelivery {
 public:
  // All of it outlives the delivery.
  ScanDelivery(ScanGate& gate, DeviceStatistics& statistics, const CodeScannerSink& sink, const base::Clock& clock)
      : gate_(gate), statistics_(statistics), sink_(sink), clock_(clock) {}

  // Read at the moment `since`. True when it was the one result of this arming.
  bool offer(const RawCode& code, ScanGate::Moment since);
  // There was a code, but it cannot be used.
  void refuse(base::Failure failure);

 private:
  bool may_report_refusal();

  ScanGate& gate_;
  DeviceStatistics& statistics_;
  const CodeScannerSink& sink_;
  const base::Clock& clock_;
  base::Instant second_{};  // began here, for the rate
  unsigned refusals_ = 0;   // since then
};

}  // namespace hal
