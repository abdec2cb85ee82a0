// A reader of printed or displayed codes: hand scanner, built-in window, or camera.
//
// Claim and arm (UnifiedPOS): it delivers only while armed, by a screen that asked for a code, and one result per arm; what
// came before is thrown away unseen and counted. Payloads are hostile until proven otherwise: only what matches one of the
// wanted kinds is delivered, everything else is ScanRefused.
#pragma once

#include <functional>
#include <variant>
#include <vector>

#include "base/secret.h"
#include "hal/device.h"

namespace hal {

// Grammars that a screen can ask for (hal/scanner/payload.h has them).
enum class PayloadKind : std::uint8_t {
  receipt_code,   // of one of our receipts: "linli:HP-03:7K4-29M-6", or the code alone
  ticket_number,  // of a queue ticket: "A017"
  appointment,    // an appointment number: letters and digits, 6 to 32
  opaque_token,   // a short-lived secret of another platform (health, social security): passed on, never looked into
  plain_text,     // readable text of at most 512 characters, for filling in an answer
};

struct ScanRequest {
  std::vector<PayloadKind> wanted;  // at least one; the first that matches wins
};

struct CodeScanned {
  PayloadKind kind = PayloadKind::plain_text;
  base::Secret payload;  // valid UTF-8 without control and bidirectional characters
};
struct ScanRefused {  // there was a code, but not one of these; the scanner stays armed
  base::Failure failure = base::Failure::scan_not_wanted;
};

using CodeScannerEvent = std::variant<DeviceHealth, CodeScanned, ScanRefused, HealthChecked>;
using CodeScannerSink = std::function<void(CodeScannerEvent)>;

class CodeScanner : public Device {
 public:
  // Any thread. Arming again replaces the request. Ends with the first CodeScanned or disarm().
  virtual void arm(ScanRequest request) = 0;
  virtual void disarm() = 0;
};

}  // namespace hal
