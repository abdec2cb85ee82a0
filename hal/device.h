// What every device can be asked, whatever it does besides. Drivers live on a thread of their own and report through the
// sink given at their construction; the sink is called from that thread only and must return at once (it posts).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "hal/device_health.h"
#include "hal/device_statistics.h"

namespace hal {

// After UnifiedPOS: internal, external, interactive.
enum class HealthCheck : std::uint8_t {
  passive,      // what is known already; the device is not asked
  active,       // the device is asked, in ways that leave no trace: status, self test, identity
  interactive,  // it does its work once, and a person sees: a test receipt, a card or a code to be held before it
};

// The one answer to check(). An interactive check ends when the work was done, or after a minute without a person; a card or
// a code that nobody but the check asked for is reported by nothing else.
struct HealthChecked {
  HealthCheck level = HealthCheck::passive;
  bool passed = false;
  DeviceHealth health;  // at the end of the check
  std::string details;  // one line of plain English for staff: "SAM id 05.03-…, answered in 12 ms". Nothing personal
};

class Device {
 public:
  virtual ~Device() = default;  // stops the thread; no event after it

  // Any thread; ends in one HealthChecked event. A check asked for while another runs replaces it.
  virtual void check(HealthCheck level) = 0;
  // Any thread; lives as long as the device.
  virtual const DeviceStatistics& statistics() const = 0;
};

}  // namespace hal
